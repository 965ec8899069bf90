import type { LeftOutLedger } from '../../../../../common/src/left-out.js';
import type { MappedTrackedRelationship } from '../../../../../common/src/mapped-entity-batch.js';
import { readMark } from '../../../../../common/src/marks.js';
import type {
  OutbreakPeopleBatch,
  OutbreakRelationship,
} from '../../../../../common/src/outbreak-people-batch.js';
import { isUid } from '../../metadata.js';
import { badMapping } from './bad-mapping.js';
import type { GivenRelationship, TrackedEntityMapping } from './mapping.js';
import type { ReadCode } from './view/read-code.js';
import { createRecordView } from './view/record-view.js';

/** What relationships are mapped with. */
export interface RelationshipContext {
  toRelationship: NonNullable<TrackedEntityMapping['relationship']>;
  code: ReadCode;
  ledger: LeftOutLedger;
}

/** Maps relationships. Those that came from DHIS2 do not go back. */
export function mapRelationships(
  batch: Pick<OutbreakPeopleBatch, 'people' | 'others' | 'relationships'>,
  context: RelationshipContext,
): MappedTrackedRelationship[] {
  const kinds = new Map<string, string>(batch.people.map(({ id, kind }) => [id, kind]));
  for (const [id, { kind }] of Object.entries(batch.others)) kinds.set(id, kind);
  return batch.relationships.flatMap(one => {
    if (one.deleted) {
      return { key: one.id, type: '', from: one.source, to: one.target, deleted: true };
    }
    if (readMark(one.record.comment) !== undefined) return [];
    // Events of Go.Data are no persons: DHIS2's programs have nothing for them.
    if (!kinds.has(one.source) || !kinds.has(one.target)) {
      context.ledger.add('with-event', '');
      return [];
    }
    return mapRelationship(one, kinds, context);
  });
}

function mapRelationship(
  { id, source, target, record }: OutbreakRelationship,
  kinds: ReadonlyMap<string, string>,
  { toRelationship, code, ledger }: RelationshipContext,
): MappedTrackedRelationship[] {
  const view = {
    ...createRecordView({ ...record, id }, code),
    source: kinds.get(source),
    target: kinds.get(target),
  };
  const given = toRelationship(view);
  if (given === null) {
    ledger.add('left-out-by-mapping', 'relationship');
    return [];
  }
  const { type, from } = readRelationship(given);
  const [first, second] = from === 'source' ? [source, target] : [target, source];
  return [{ key: id, type, from: first, to: second }];
}

function readRelationship(given: GivenRelationship): Required<GivenRelationship> {
  const { type, from = 'source' } = given ?? {};
  if (!isUid(String(type))) throw badMapping('must give a relationship the id of its type');
  if (from !== 'source' && from !== 'target') {
    throw badMapping("must give 'source' or 'target' for the from of a relationship");
  }
  return { type, from };
}
