import type { ProgramField, ProgramStage } from '../servers/model.js';
import type { ComputedDraft } from './computed/computed.js';
import type { ListDraft, RowDraft } from './draft.js';

/** The rows of a list that may give something to DHIS2. */
type Rows = Pick<ListDraft, 'rows' | 'answers' | 'computed'>;

/** Ids of the attributes and data elements that the rows of a list give to DHIS2. */
export function givenBy({ rows, answers, computed }: Rows): ReadonlySet<string> {
  const isGiven = ({ direction }: Pick<RowDraft, 'direction'>) => direction !== 'to-godata';
  return new Set([
    ...[...rows, ...answers]
      .filter(isGiven)
      .flatMap(({ place }) => ('field' in place ? [place.field.id] : [])),
    ...computed.filter(isGiven).flatMap(alwaysGiven),
  ]);
}

/** Places that a computed row gives whenever it gives something. */
function alwaysGiven({ kind, places }: ComputedDraft): string[] {
  const ids = places.map(({ field }) => field.id);
  // A trimester only of somebody pregnant, and a day only for one of the outcomes.
  if (kind === 'pregnancy') return ids.slice(0, 1);
  return kind === 'outcome-day' ? [] : ids;
}

/** The data elements of a stage that each of its events needs, and that no row gives to DHIS2. */
export function missingIn(stage: ProgramStage, list: Rows): ProgramField[] {
  const given = givenBy(list);
  return stage.elements.filter(({ id }) => stage.compulsory.includes(id) && !given.has(id));
}

/**
 * The list of people with only those rows going to DHIS2 whose events DHIS2 would take: into a stage
 * that it always checks, and of which no row gives a compulsory data element, nothing is written.
 */
export function withoutIncomplete<T extends Rows>(list: T, stages: readonly ProgramStage[]): T {
  const incomplete = new Map(
    stages
      .filter(stage => stage.isStrict)
      .map(stage => [stage, missingIn(stage, list)] as const)
      .filter(([, missing]) => missing.length > 0),
  );
  if (incomplete.size === 0) return list;
  const oneWay = <R extends Pick<RowDraft, 'place' | 'how' | 'direction'>>(row: R): R => {
    const missing = 'field' in row.place && row.place.stage && incomplete.get(row.place.stage);
    if (!missing) return row;
    const how = `${row.how}; not to DHIS2, where the stage needs "${missing[0]!.name}" (${missing[0]!.id})`;
    return { ...row, how, direction: 'to-godata' };
  };
  const computed = list.computed.map(one =>
    one.places.some(({ stage }) => stage && incomplete.has(stage))
      ? { ...one, direction: 'to-godata' as const }
      : one,
  );
  return { ...list, rows: list.rows.map(oneWay), answers: list.answers.map(oneWay), computed };
}
