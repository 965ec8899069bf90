import type {
  FetchedTrackedEntityBatch,
  TrackedEntity,
  TrackedRelationship,
  TrackerCursor,
} from '#common/handover/fetched-tracked-entity-batch.js';
import type { MappedPeopleBatch, MappedPerson } from '#common/handover/mapped-people-batch.js';
import { MAX_TRIED, readStoredRelationships } from '#common/handover/waiting-relationships.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import { type Adjusted, listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import { createFieldAccess } from './field-access.js';
import type { Reading } from './fields/reading.js';
import { mapPerson } from './map-person.js';
import { type MappedRelationships, mapRelationships } from './map-relationships.js';
import type { CaseMapping } from './mapping.js';
import type { ResolvedMapOptions } from './options.js';
import { adjustFor, enteredIn } from './reject-for.js';
import { createPersonView, type PersonView } from './view/person-view.js';
import { createReadCode } from './view/read-code.js';

/**
 * Maps tracked entities to people. The mapping does not choose the ids, the document with the
 * tracked entity's id and the marks of list members: by these each run finds the records of earlier
 * runs.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) when a function gives a field that the
 * record does not have, `UNREADABLE_FIELDS` when it reads what the account may not read in DHIS2
 */
export function mapBatch(
  batch: FetchedTrackedEntityBatch,
  mapping: CaseMapping,
  options: ResolvedMapOptions,
): { batch: MappedPeopleBatch; report: StepReport } {
  const ledger = createLeftOutLedger();
  const code = createReadCode(ledger);
  const access = createFieldAccess(batch, options);
  const newReading = (): Reading => ({
    hasOrgUnit: id => Object.hasOwn(batch.orgUnits, id),
    vaccines: options.vaccines,
    ledger,
    faults: [],
    omitted: [],
  });
  const views = new Map<string, PersonView>();
  const people: MappedPerson[] = [];
  const rejected: Rejected[] = [];
  const adjusted: Adjusted[] = [];
  for (const entity of batch.entities) {
    if (entity.deleted) {
      people.push(toTombstone(entity));
      continue;
    }
    const toFields = mapping[entity.kind];
    if (!toFields) {
      ledger.add('left-out-by-mapping', entity.kind);
      continue;
    }
    const view = createPersonView(entity, code, access.ask);
    views.set(entity.id, view);
    const reading = newReading();
    const mapped = mapPerson(
      entity,
      view,
      { toFields, labResults: mapping.labResults },
      options,
      reading,
    );
    if ('code' in mapped) rejected.push(mapped);
    else {
      people.push(mapped);
      const system = (field: string) => enteredIn(entity, options.owners, field);
      adjusted.push(...adjustFor(reading.omitted, entity.kind, entity.id, system));
    }
  }
  const waiting = readStoredRelationships(batch.next.waiting);
  const tried = waiting.slice(0, MAX_TRIED);
  const related: MappedRelationships = mapping.relationship
    ? mapRelationships(relationshipsOf(batch, tried), {
        people: views,
        toFields: mapping.relationship,
        types: options.relationshipTypes,
        source: options.source,
        code,
        ledger,
        newReading,
      })
    : { relationships: [], rejected: [], adjusted: [], retry: [] };
  access.check();
  const leftOut = ledger.list();
  const retry = [...rejected.map(({ id }) => id), ...related.retry];
  return {
    batch: {
      people,
      relationships: related.relationships,
      orgUnits: batch.orgUnits,
      whenDeleted: options.whenDeleted,
      vaccines: [...options.vaccines],
      optionCodes: { ...options.optionCodes },
      owners: options.owners,
      server: options.server,
      ...(batch.relationshipsAtCases ? { relationshipsAtCases: true } : {}),
      next: withRetry(batch.next, retry),
      ...(tried.length < waiting.length ? { tried: tried.length } : {}),
      more: batch.more,
    },
    report: {
      read: batch.entities.length,
      ...listed([...rejected, ...related.rejected], [...adjusted, ...related.adjusted]),
      ...(leftOut.length > 0 ? { leftOut } : {}),
    },
  };
}

function toTombstone({ id, kind, orgUnit }: TrackedEntity): MappedPerson {
  return { id, kind, orgUnit, deleted: true, fields: {}, labResults: [] };
}

/** The relationships of this batch, and those that wait for one of their people; each once. */
function relationshipsOf(
  { entities }: FetchedTrackedEntityBatch,
  waiting: readonly TrackedRelationship[],
): TrackedRelationship[] {
  const byId = new Map<string, TrackedRelationship>();
  for (const one of waiting) byId.set(one.id, one);
  for (const one of entities.flatMap(({ relationships }) => relationships)) byId.set(one.id, one);
  return [...byId.values()];
}

function withRetry(next: TrackerCursor, ids: readonly string[]): TrackerCursor {
  const retry = [...new Set([...(next.retry ?? []), ...ids])];
  return retry.length > 0 ? { ...next, retry } : next;
}
