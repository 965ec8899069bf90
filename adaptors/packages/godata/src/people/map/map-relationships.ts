import { ownOf } from '#common/collections/own.js';
import type { TrackedRelationship } from '#common/handover/fetched-tracked-entity-batch.js';
import type { MappedRelationship, RecordFields } from '#common/handover/mapped-people-batch.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import type { Adjusted, Rejected } from '#common/reporting/report.js';
import { readRecord } from './fields/read-record.js';
import type { Reading } from './fields/reading.js';
import type { CaseMapping } from './mapping.js';
import type { ResolvedMapOptions } from './options.js';
import { adjustFor, rejectFor } from './reject-for.js';
import { type Ends, relationshipEnds } from './relationship-ends.js';
import type { PersonView } from './view/person-view.js';
import type { ReadCode } from './view/read-code.js';

/** The input of the mapping of relationships. */
export interface RelationshipContext {
  /** Views of the people of the batch, by id. */
  people: ReadonlyMap<string, PersonView>;
  toFields: NonNullable<CaseMapping['relationship']>;
  types: ResolvedMapOptions['relationshipTypes'];
  source: 'from' | 'to';
  code: ReadCode;
  ledger: LeftOutLedger;
  newReading(): Reading;
}

/** The mapped relationships, and those that were not mapped. */
export interface MappedRelationships {
  relationships: MappedRelationship[];
  rejected: Rejected[];
  /** Those that are written without a field that Go.Data cannot hold. */
  adjusted: Adjusted[];
  /** Ids of tracked entities whose relationships were rejected. */
  retry: string[];
}

/** Maps relationships, each once, although both its people have it. */
export function mapRelationships(
  relationships: Iterable<TrackedRelationship>,
  context: RelationshipContext,
): MappedRelationships {
  const { people, types, source: end, ledger } = context;
  const mapped: MappedRelationship[] = [];
  const rejected: Rejected[] = [];
  const adjusted: Adjusted[] = [];
  const retry: string[] = [];
  for (const origin of relationships) {
    const sourceEnd = types ? ownOf(types, origin.type) : end;
    const ends = sourceEnd ? relationshipEnds(origin, sourceEnd, people) : 'left-out-by-mapping';
    if (typeof ends === 'string') {
      ledger.add(ends, origin.type);
      continue;
    }
    const reading = context.newReading();
    const fields = toFields(origin, ends, context, reading);
    if (reading.faults.length > 0) {
      rejected.push(rejectFor(reading.faults, 'relationship', origin.id));
      retry.push(...[ends.source, ends.target].filter(id => people.has(id)));
      continue;
    }
    adjusted.push(...adjustFor(reading.omitted, 'relationship', origin.id));
    const { source, target, partial } = ends;
    mapped.push({
      key: origin.id,
      source,
      target,
      fields,
      ...(partial ? { partial } : {}),
      origin,
    });
  }
  return { relationships: mapped, rejected, adjusted, retry };
}

function toFields(
  { id, type, createdAt }: TrackedRelationship,
  { source, target }: Ends,
  { people, toFields, code }: RelationshipContext,
  reading: Reading,
): RecordFields {
  const view = {
    id,
    type,
    createdAt,
    source: people.get(source),
    target: people.get(target),
    code,
  };
  const fields = readRecord('relationship', toFields(view), reading);
  if (view.target) return fields;
  // A person is not in the batch: fields without a value are unknown and must not clear anything.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
