import type { Dice } from '../outbreak/dice.js';
import { toFirstName, toLastName, toPlaceName } from '../outbreak/words.js';
import type { DraftContext, PersonDraft } from './draft.js';
import { draftCase } from './draft-case.js';
import { draftContact } from './draft-contact.js';
import { OPTION_SETS } from './package-ids.js';

/** Three of five people are cases, the others contacts. */
export function isCase(number: number): boolean {
  return number % 5 < 3;
}

/** A person as it should be, with an invented name and a telephone number of no country. */
export function draftPerson(number: number, dice: Dice, context: DraftContext): PersonDraft {
  const kind = isCase(number) ? 'case' : 'contact';
  const rank = Math.floor(number / 5) * 3 + (number % 5);
  const years = dice.between(0, 90);
  const bornOn = -Math.round(years * 365.25) - dice.between(1, 364);
  const padded = String(number + 1).padStart(7, '0');
  return {
    kind,
    orgUnit: dice.pick(context.places),
    attributes: {
      FIRST_NAME: toFirstName(dice),
      SURNAME: toLastName(dice),
      PATINFO_ID: `LOC-${number + 1}`,
      PATINFO_SEX: dice.pick(['FEMALE', 'MALE']),
      ...(dice.chance(0.6)
        ? { PATINFO_AGEONSET: String(years) }
        : { PATINFO_AGEONSETUNIT: context.day(bornOn) }),
      COUNTRY_OF_RESIDENCE: dice.pick(OPTION_SETS.country),
      PATINFO_RESADMIN0: `${dice.between(1, 240)} ${toPlaceName(dice)} Road`,
      PHONE_LOCAL: `+999 ${dice.between(100_000_000, 999_999_999)}`,
      ...(kind === 'case'
        ? { SYSTEM_GENERATED_ID: `COVID19_${padded}` }
        : { SYSTEM_GENERATED_CONTACT_ID: `COVID19_CONTACT${padded}` }),
    },
    enrollments: [kind === 'case' ? draftCase(rank, dice, context) : draftContact(dice, context)],
    isDeleted: false,
  };
}
