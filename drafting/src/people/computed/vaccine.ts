import type { ProgramField } from '../../servers/model.js';
import { plain } from '../../words/plain.js';
import { meansNo, meansUnknown, meansYes } from '../../words/value-words.js';
import { type CodeMatch, matchCodes } from '../match-codes.js';
import type { MatchContext } from '../match-fields.js';
import type { FieldPlace } from '../place.js';
import type { ComputedDraft } from './computed.js';
import { findPlace, isDay } from './find.js';

/**
 * The vaccine that a person received, with the doses and the day. To Go.Data only: users there add
 * vaccines of their own. An option without an item gets the one that options-to-reference-data makes
 * of it.
 */
export function draftVaccine(
  places: readonly FieldPlace[],
  context: MatchContext,
): ComputedDraft | undefined {
  const vaccine = findPlace('vaccine', places, context, ({ field }) => isChoice(field));
  if (!vaccine) return undefined;
  const beside = places.filter(({ stage }) => stage === vaccine.stage);
  const doses = findPlace('doses', beside, context, ({ field }) => isCount(field));
  const on = findPlace('vaccinatedOn', beside, context, isDay);
  const { options = [] } = vaccine.field;
  const known = matchCodes('VACCINE', options, context.items.get('VACCINE') ?? []);
  const matches = options.map((option, n): CodeMatch => {
    const found = known?.matches[n];
    if (typeof found?.item === 'string') return found;
    if (option.texts.some(meansUnknown)) return { option, item: null, how: 'it is no vaccine' };
    const item = plain(option.name).toUpperCase().replaceAll(' ', '_');
    return { option, item, how: 'as options-to-reference-data makes it' };
  });
  return {
    kind: 'vaccine',
    field: 'vaccinesReceived',
    places: [vaccine, ...(doses ? [doses] : []), ...(on ? [on] : [])],
    vaccine,
    codes: { category: 'VACCINE', matches },
    ...(doses ? { doses } : {}),
    none: doses ? noDose(doses.field) : [],
    ...(on ? { on } : {}),
    how: 'by name',
    direction: 'to-godata',
  };
}

/** A choice of one of several: not only yes or no. */
const isChoice = ({ options, valueType }: ProgramField) =>
  valueType !== 'MULTI_TEXT' &&
  (options?.length ?? 0) > 0 &&
  !options!.some(({ texts }) => texts.some(text => meansYes(text) || meansNo(text)));

const isCount = ({ options, valueType }: ProgramField) =>
  valueType.startsWith('INTEGER') ||
  (options?.some(({ texts, code }) => [...texts, code].some(text => /\d/.test(text))) ?? false);

/** The values that mean no dose at all. */
function noDose({ options }: ProgramField): string[] {
  if (!options) return ['0'];
  return options
    .filter(({ texts, code }) => [...texts, code].some(text => /(^|\D)0(\D|$)/.test(text)))
    .map(({ code }) => code);
}
