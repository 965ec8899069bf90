import type {
  FetchedPeopleBatch,
  OutbreakPerson,
  PeopleCursor,
} from '#common/handover/fetched-people-batch.js';
import type {
  MappedEntity,
  MappedTrackedEntityBatch,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import { type Adjusted, listed, type StepReport } from '#common/reporting/report.js';
import { createOwnerCheck } from './check-owners.js';
import { linksOf } from './links-of.js';
import { toEntity, toTombstone } from './map-person.js';
import { type MappedRelationships, mapRelationships } from './map-relationships.js';
import { type EntityMapping, kindName } from './mapping.js';
import type { ResolvedMapOptions } from './options.js';
import { createOtherLocations } from './other-locations.js';
import type { Fault, Reading } from './read/reading.js';
import { adjustFor } from './reject-for.js';
import { createTableIds } from './table-ids.js';
import { createPersonView, type PersonView } from './view/person-view.js';
import { createCodeReader } from './view/read-code.js';

/**
 * Maps people of Go.Data to tracked entities. The mapping cannot choose ids, nor the marks of
 * events and relationships that came from DHIS2: by them every run finds what an earlier run
 * created.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) if a function returns something that DHIS2
 * does not have, `BAD_OPTION` if the owner table lacks a path that it returns
 */
export function mapBatch(
  batch: FetchedPeopleBatch,
  mapping: EntityMapping,
  options: ResolvedMapOptions,
): { batch: MappedTrackedEntityBatch; report: StepReport } {
  const { programs, owners } = options;
  const ledger = createLeftOutLedger();
  const { readCode: code, isCoded, tables } = createCodeReader(ledger);
  const ownerCheck = createOwnerCheck(owners);
  const withTableIds = createTableIds(batch.optionCodes ?? {}, options.vaccines);
  const otherLocations = createOtherLocations(batch, options.otherwise);
  const views = new Map<string, PersonView>();
  const entities = new Map<string, MappedEntity>();
  const adjusted: Adjusted[] = [];
  for (const person of batch.people) {
    const { id, kind } = person;
    const program = programs[kindName(kind)];
    const toFields = mapping[kindName(kind)];
    if (toFields && program && person.deleted) {
      entities.set(id, toTombstone(person, program));
      continue;
    }
    const omitted: Fault[] = [];
    const reading: Reading = { isCoded, omitted };
    const view = createPersonView(withTableIds(person), { code, omitted });
    const given = toFields?.(view) ?? undefined;
    if (given === undefined || !program) {
      ledger.add('left-out-by-mapping', kind);
      continue;
    }
    views.set(id, view);
    const entity = toEntity(person, given, view, { program, owners }, reading);
    ownerCheck.check(entity);
    adjusted.push(...adjustFor(omitted, kind, id));
    entities.set(id, otherLocations.place(entity, kind));
  }
  const { relationships, others, ...related }: MappedRelationships = mapping.relationship
    ? mapRelationships(batch.relationships, {
        views,
        toFields: mapping.relationship,
        code,
        ledger,
        isMapped: id => entities.has(id),
        otherOf: createOtherReader(batch, mapping, options),
      })
    : { relationships: [], others: {}, rejected: [], retry: [] };
  const leftOut = ledger.list();
  const warnings = otherLocations.warnings();
  return {
    batch: {
      entities: [...entities.values()],
      relationships,
      others,
      locations: { ...otherLocations.locations(), ...batch.locations },
      tables,
      ...(Object.keys(options.rows).length > 0 ? { rows: options.rows } : {}),
      owners,
      server: options.server,
      ...(options.linkAttribute ? { linkAttribute: options.linkAttribute } : {}),
      findBy: [...options.findBy],
      whenDeleted: options.whenDeleted,
      next: withRetry(batch.next, related.retry),
      more: batch.more,
    },
    report: {
      read: batch.people.length,
      ...listed(related.rejected, adjusted),
      ...(leftOut.length > 0 ? { leftOut } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
  };
}

/** Gives the people at the ends of relationships who are not in the batch. */
function createOtherReader(
  { people, others }: FetchedPeopleBatch,
  mapping: EntityMapping,
  { programs }: ResolvedMapOptions,
) {
  const left = new Map<string, Pick<OutbreakPerson, 'kind' | 'merged'> & { documents?: unknown }>(
    Object.entries(others),
  );
  for (const { id } of people) left.delete(id);
  return (id: string) => {
    const other = left.get(id);
    const name = other && kindName(other.kind);
    const program = name && mapping[name] && programs[name];
    if (!program) return undefined;
    const { kind, merged, documents } = other;
    return { kind, links: linksOf(id, documents), ...(merged ? { merged } : {}), program };
  };
}

function withRetry(next: PeopleCursor, ids: readonly string[]): PeopleCursor {
  const retry = [...new Set([...(next.retry ?? []), ...ids])];
  return retry.length > 0 ? { ...next, retry } : next;
}
