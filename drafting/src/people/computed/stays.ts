import type { MatchContext } from '../match-fields.js';
import type { FieldPlace } from '../place.js';
import type { ComputedDraft, StayDraft } from './computed.js';
import { findPlace, isDay, isOrgUnit, yesOf } from './find.js';

/** The stays that Go.Data keeps, and what data elements are called that tell of them. */
const STAYS = [
  {
    item: 'HOSPITALIZATION',
    told: 'hospital',
    from: 'hospitalFrom',
    to: 'hospitalTo',
    at: 'hospitalName',
  },
  { item: 'ISOLATION', told: 'isolation', from: 'isolationFrom', to: 'isolationTo' },
  { item: 'ICU_ADMISSION', told: 'intensiveCare', from: 'intensiveCareFrom' },
] as const;

/**
 * Stays in hospital, isolation and intensive care, from the data elements of one stage that tell of
 * them; the end may be in another stage. To Go.Data only: users there add stays of their own.
 */
export function draftStays(
  places: readonly FieldPlace[],
  context: MatchContext,
): ComputedDraft | undefined {
  const types = new Set(context.items.get('PERSON_DATE_TYPE')?.map(({ value }) => value));
  const ofStages = places.filter(({ stage }) => stage);
  const stays = STAYS.filter(({ item }) => types.has(item)).flatMap((names): StayDraft[] => {
    const told = findPlace(names.told, ofStages, context, place => yesOf(place) !== undefined);
    const from = findPlace(
      names.from,
      told ? ofStages.filter(({ stage }) => stage === told.stage) : ofStages,
      context,
      isDay,
    );
    const { stage } = told ?? from ?? {};
    if (!stage) return [];
    const to = 'to' in names ? findPlace(names.to, ofStages, context, isDay) : undefined;
    const at =
      'at' in names
        ? findPlace(
            names.at,
            ofStages.filter(place => place.stage === stage),
            context,
            isOrgUnit,
          )
        : undefined;
    return [
      {
        item: names.item,
        ...(told ? { told: { place: told, yes: yesOf(told)! } } : {}),
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(at ? { at } : {}),
      },
    ];
  });
  if (stays.length === 0) return undefined;
  const read = stays.flatMap(({ told, from, to, at }) => [told?.place, from, to, at]);
  return {
    kind: 'stays',
    field: 'dateRanges',
    places: [...new Set(read.filter(place => place !== undefined))],
    stays,
    how: 'by name',
    direction: 'to-godata',
  };
}
