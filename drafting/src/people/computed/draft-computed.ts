import type { RowDraft } from '../draft.js';
import type { CodesDraft } from '../match-codes.js';
import type { MatchContext } from '../match-fields.js';
import { type FieldPlace, keyOf } from '../place.js';
import type { ComputedDraft } from './computed.js';
import { findPlace, isDay, yesAndNo } from './find.js';
import { draftPregnancy } from './pregnancy.js';
import { draftStays } from './stays.js';
import { draftVaccine } from './vaccine.js';

/**
 * The rows of people whose values are computed, from places that no other row has.
 *
 * @param rows those that were found already
 * @returns the rows without those that became part of a computed one, and the computed ones
 */
export function draftComputed(
  rows: readonly RowDraft[],
  places: readonly FieldPlace[],
  context: MatchContext,
): { rows: RowDraft[]; computed: ComputedDraft[] } {
  const used = new Set(rows.map(({ place }) => ('field' in place ? keyOf(place) : '')));
  const free = places.filter(place => !used.has(keyOf(place)));
  const once = free.filter(({ stage }) => !stage?.isRepeatable);
  const pregnancy = draftPregnancy(rows, free, context);
  const computed = [
    pregnancy,
    draftVaccine(free, context),
    draftStays(free, context),
    draftOutcomeDay(rows, once, context),
  ].filter(one => one !== undefined);
  const worker = draftHealthWorker(rows, once, context);
  const kept = rows.filter(({ field }) => field !== pregnancy?.field);
  return { rows: worker ? [...kept, worker] : kept, computed };
}

/** The day of death and that of recovery or discharge: Go.Data has one day, that of the outcome. */
function draftOutcomeDay(
  rows: readonly RowDraft[],
  places: readonly FieldPlace[],
  context: MatchContext,
): ComputedDraft | undefined {
  const outcome = rows.find(({ field }) => field === 'outcomeId');
  const isKnown = outcome?.codes?.matches.some(({ item }) => item === 'DECEASED');
  if (!isKnown || rows.some(({ field }) => field === 'dateOfOutcome')) return undefined;
  const died = findPlace('died', places, context, isDay);
  const recovered = findPlace('recovered', places, context, isDay);
  if (!died) return undefined;
  const isAssigned = died.field.isAssigned || recovered?.field.isAssigned;
  return {
    kind: 'outcome-day',
    field: 'dateOfOutcome',
    places: [died, ...(recovered ? [recovered] : [])],
    ...(recovered ? { recovered } : {}),
    how: 'by name',
    ...(isAssigned || outcome?.direction ? { direction: 'to-godata' } : {}),
  };
}

/** Whether somebody is a health worker: one occupation of many in Go.Data. */
function draftHealthWorker(
  rows: readonly RowDraft[],
  places: readonly FieldPlace[],
  context: MatchContext,
): RowDraft | undefined {
  const item = context.items.get('OCCUPATION')?.find(one => one.value === 'HEALTH_CARE_WORKER');
  if (!item || rows.some(({ field }) => field === 'occupation')) return undefined;
  const place = findPlace('healthWorker', places, context, one => yesAndNo(one) !== undefined);
  if (!place) return undefined;
  const { yes } = yesAndNo(place)!;
  const options = place.field.options ?? [
    { code: 'true', name: 'yes', texts: [] },
    { code: 'false', name: 'no', texts: [] },
  ];
  const codes: CodesDraft = {
    category: 'OCCUPATION',
    matches: options.map(option =>
      option.code === yes
        ? { option, item: item.value, how: 'as a plain yes' }
        : { option, item: null, how: 'says no occupation' },
    ),
    ignoresOthers: true,
  };
  return {
    field: 'occupation',
    place,
    how: 'by name, as yes or no',
    codes,
    ...(place.field.isAssigned ? { direction: 'to-godata' } : {}),
  };
}
