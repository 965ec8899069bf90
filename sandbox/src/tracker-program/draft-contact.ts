import type { Dice } from '../outbreak/dice.js';
import type { DraftContext, EnrollmentDraft, EventDraft } from './draft.js';
import { OPTION_SETS } from './package-ids.js';

/** Texts for the type of contact, which is free text in the package. */
const TYPES_OF_CONTACT = [
  'Direct physical contact',
  'direct non-physical contact',
  'Indirect contact',
  'shared a taxi',
];

/** The enrollment of a contact: followed up for some days, the next visit planned. */
export function draftContact(dice: Dice, { day, days }: DraftContext): EnrollmentDraft {
  const enrolledOn = -dice.between(1, days);
  const lastContact = enrolledOn - dice.between(0, 5);
  const visits = Array.from(
    { length: dice.between(0, 3) },
    (_, visit): EventDraft => ({
      stage: 'followUp',
      on: Math.min(enrolledOn + visit, 0),
      values: {
        OUTCOME_CONTACTS_FOLLOWED_UNKNOWN: dice.pick(OPTION_SETS.yesNo),
        SIGNSYMP_FEVER: dice.pick(OPTION_SETS.yesNo),
        // The first visit asks for the exposure.
        ...(visit === 0
          ? {
              CONTACT_DATE_OF_FIRST_CONTACT: day(lastContact - dice.between(0, 3)),
              CONTACT_DATE_OF_LAST_CONTACT: day(lastContact),
              CONTACT_RELATIONSHIP_WITH_CASE: dice.pick(OPTION_SETS.relationship),
              CONTACT_EXPOSURED_TO_CONFIRMED_CASES: dice.pick(OPTION_SETS.yesNo),
              CONTACT_TYPE_OF_CONTACT: dice.pick(TYPES_OF_CONTACT),
            }
          : {}),
      },
    }),
  );
  const symptoms: EventDraft[] = dice.chance(0.2)
    ? [
        {
          stage: 'symptoms',
          on: Math.min(enrolledOn + 2, 0),
          values: { PATCOURSE_ASYMP: 'YES', SIGNSYMP_COUGH: 'YES' },
        },
      ]
    : [];
  return {
    program: 'contacts',
    enrolledOn,
    status: enrolledOn < -14 ? 'COMPLETED' : 'ACTIVE',
    events: [...visits, ...symptoms, { stage: 'followUp', values: {} }],
  };
}
