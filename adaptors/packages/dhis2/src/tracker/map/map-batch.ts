import { createLeftOutLedger } from '../../../../../common/src/left-out.js';
import type {
  MappedEntity,
  MappedEntityBatch,
  MappedEvent,
} from '../../../../../common/src/mapped-entity-batch.js';
import type {
  OutbreakPeopleBatch,
  OutbreakPerson,
} from '../../../../../common/src/outbreak-people-batch.js';
import {
  fingerprint,
  type OwnerTable,
  ownersFor,
  readGoDataField,
} from '../../../../../common/src/ownership/index.js';
import type { RecordFields } from '../../../../../common/src/people-batch.js';
import { listed, type Rejected, type StepReport } from '../../../../../common/src/report.js';
import { checkOwners } from './check-owners.js';
import { linksOfOther, linksOfPerson } from './links.js';
import { mapRelationships } from './map-relationships.js';
import type { TrackedEntityMapping } from './mapping.js';
import type { ResolvedMapOptions } from './options.js';
import { followUpKey, labResultKeys, readEntity } from './read-entity.js';
import type { Fault } from './read-values.js';
import { createPersonView } from './view/person-view.js';
import { createReadCode, type ReadCode } from './view/read-code.js';

type Kind = OutbreakPerson['kind'];

const FUNCTION_OF: Readonly<Record<Kind, 'case' | 'contact' | 'contactOfContact'>> = {
  case: 'case',
  contact: 'contact',
  'contact-of-contact': 'contactOfContact',
};

/**
 * Maps people to tracked entities. Ids are not the mapping's to choose: by them each run finds again
 * what an earlier one made.
 *
 * @throws IntegrationError `BAD_MAPPING` or `BAD_OPTION` (configuration) when a function gives what no
 * tracked entity has
 */
export function mapBatch(
  batch: OutbreakPeopleBatch,
  mapping: TrackedEntityMapping,
  options: ResolvedMapOptions,
): { batch: MappedEntityBatch; report: StepReport } {
  const { programOf, ...carried } = options;
  const ledger = createLeftOutLedger();
  const tables: MappedEntityBatch['tables'] = {};
  const code = createReadCode(ledger, tables);
  const rejected: Rejected[] = [];
  const entities: MappedEntity[] = [];
  for (const person of batch.people) {
    const mapped = mapPerson(person, mapping, options, code);
    if (mapped === null) ledger.add('left-out-by-mapping', person.kind);
    else if ('code' in mapped) rejected.push(mapped);
    else entities.push(mapped);
  }
  const relationships = mapping.relationship
    ? mapRelationships(batch, { toRelationship: mapping.relationship, code, ledger })
    : [];
  const others = Object.entries(batch.others).map(([id, other]) => [
    id,
    { kind: other.kind, links: linksOfOther(id, other), program: programOf(other.kind) },
  ]);
  const leftOut = ledger.list();
  const retry = [...new Set([...(batch.next.retry ?? []), ...rejected.map(({ id }) => id)])];
  return {
    batch: {
      entities,
      relationships,
      others: Object.fromEntries(others),
      locations: batch.locations,
      tables,
      ...carried,
      next: { ...batch.next, ...(retry.length > 0 ? { retry } : {}) },
      more: batch.more,
    },
    report: {
      read: batch.people.length,
      ...listed(rejected),
      ...(leftOut.length > 0 ? { leftOut } : {}),
    },
  };
}

function mapPerson(
  person: OutbreakPerson,
  mapping: TrackedEntityMapping,
  { programOf, owners }: ResolvedMapOptions,
  code: ReadCode,
): MappedEntity | Rejected | null {
  const { id, kind, record } = person;
  const base = { id, kind, links: linksOfPerson(person), program: programOf(kind) };
  if (person.deleted) {
    return { ...base, deleted: true, attributes: {}, events: [], fingerprints: {} };
  }
  const view = createPersonView(person, code);
  const given = mapping[FUNCTION_OF[kind]]?.(view) ?? null;
  if (given === null) return null;
  const faults: Fault[] = [];
  const read = readEntity(given, view, faults);
  if (faults.length > 0) return rejectFor(faults, kind, id);
  const table = ownersFor(owners, kind);
  const entity: MappedEntity = {
    ...base,
    ...read,
    events: [...read.events, ...deletedEvents(person)],
    fingerprints: fingerprintsOf(record, table),
  };
  if (Object.keys(table).length > 0) checkOwners(entity, kind, table);
  return entity;
}

/** The events of lab results and follow-ups that were deleted in Go.Data, whatever they were. */
function deletedEvents({ labResults, followUps }: OutbreakPerson): MappedEvent[] {
  const gone = (records: readonly RecordFields[]) =>
    records.filter(({ deleted }) => deleted === true).map(({ id }) => String(id));
  const keys = [...gone(labResults).flatMap(labResultKeys), ...gone(followUps).map(followUpKey)];
  return keys.map(key => ({ key, stage: '', deleted: true, values: {} }));
}

/** What Go.Data has for the fields that both systems may change. */
function fingerprintsOf(record: RecordFields, owners: OwnerTable): Record<string, string> {
  const latest = Object.entries(owners).filter(([, { owner }]) => owner === 'latest');
  return Object.fromEntries(
    latest.map(([field, owner]) => [field, fingerprint(readGoDataField(record, field, owner))]),
  );
}

function rejectFor(faults: readonly Fault[], kind: string, id: string): Rejected {
  const fields = [...new Set(faults.map(({ field }) => field))].join(', ');
  return {
    kind,
    id,
    code: 'INVALID_DATE',
    message: `${fields}: no day of the calendar. Mend it in Go.Data.`,
  };
}
