import type { ProgramField, ProgramStage } from '../servers/model.js';
import type { ListDraft, RowDraft } from './draft.js';
import type { FieldPlace } from './place.js';

/**
 * The data elements of a stage that each of its events needs, and that no row gives to DHIS2.
 *
 * @param visited the data element that says whether somebody was met, which each visit has
 */
export function missingIn(
  stage: ProgramStage,
  { rows, answers }: Pick<ListDraft, 'rows' | 'answers'>,
  visited?: FieldPlace,
): ProgramField[] {
  const given = new Set(
    [...rows, ...answers]
      .filter(({ direction }) => direction !== 'to-godata')
      .flatMap(({ place }) => ('field' in place ? [place.field.id] : []))
      .concat(visited?.field.id ?? []),
  );
  return stage.elements.filter(({ id }) => stage.compulsory.includes(id) && !given.has(id));
}

/**
 * The list of people with only those rows going to DHIS2 whose events DHIS2 would take: into a stage
 * that it always checks, and of which no row gives a compulsory data element, nothing is written.
 */
export function withoutIncomplete<T extends Pick<ListDraft, 'rows' | 'answers' | 'computed'>>(
  list: T,
  stages: readonly ProgramStage[],
): T {
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
