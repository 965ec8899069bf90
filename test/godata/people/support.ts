import type { CodeTable } from '#common/handover/code-table.js';
import type {
  FetchedTrackedEntityBatch,
  TrackedEnrollment,
  TrackedEntity,
  TrackedEvent,
  TrackedRelationship,
} from '#common/handover/fetched-tracked-entity-batch.js';
import type { MappedPeopleBatch } from '#common/handover/mapped-people-batch.js';
import type { GivenOwners } from '#common/ownership/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { readPeopleMapping } from '#common/people-mapping/read-people-mapping.js';
import type { StepReport } from '#common/reporting/report.js';
import { fromRows } from '#godata/people/map/from-rows.js';
import { mapWithFunctions as mapCases } from '#godata/people/map/map-with-functions.js';
import type { CaseMapping } from '#godata/people/map/mapping.js';
import type { MapCasesOptions } from '#godata/people/map/options.js';
import { toOptions } from '#godata/people/map/read-people-mapping.js';
import { loadShippedMapping } from '#test/support/shipped-mapping.js';

/** The parts of WHO's packages that tests use (dhis2 FACTS §7). */
export const STAGE = {
  clinical: 'LpWNjNGvCO5',
  labRequest: 'iR8O4hSLHnu',
  labResult: 'dDHkBd3X8Ce',
  outcome: 'iVfs6Jyp7I8',
  followUp: 'sAV9jAajr8x',
  symptoms: 'oWMZsYe2Fc4',
} as const;
export const FIRST_NAME = 'sB1IHYu2xQT';
export const SEX = 'oindugucx72';
export const HERE = 'VillageA001';

let serial = 0;

/** An event. By default it took place. */
export function anEvent(
  stage: string,
  occurredAt?: string,
  values: Record<string, string> = {},
  rest: Partial<TrackedEvent> = {},
): TrackedEvent {
  serial += 1;
  return {
    id: `Event${String(serial).padStart(6, '0')}`,
    stage,
    status: 'COMPLETED',
    ...(occurredAt ? { occurredAt } : {}),
    values,
    ...rest,
  };
}

export function anEnrollment(
  events: TrackedEvent[] = [],
  rest: Partial<TrackedEnrollment> = {},
): TrackedEnrollment {
  serial += 1;
  return {
    id: `Enrol${String(serial).padStart(6, '0')}`,
    program: 'uYjxkTbwRNf',
    orgUnit: HERE,
    status: 'ACTIVE',
    enrolledAt: '2026-03-04',
    events,
    ...rest,
  };
}

/** A tracked entity with one enrollment. */
export function anEntity({
  events = [],
  ...rest
}: Partial<TrackedEntity> & {
  events?: TrackedEvent[];
} = {}): TrackedEntity {
  serial += 1;
  return {
    id: `Person${String(serial).padStart(5, '0')}`,
    kind: 'case',
    orgUnit: HERE,
    createdAt: '2026-03-03T23:30:00.000',
    updatedAt: '2026-03-05T10:00:00.000',
    attributes: {},
    enrollments: [anEnrollment(events)],
    relationships: [],
    ...rest,
  };
}

export function aRelationship(
  from: string,
  to: string,
  rest: Partial<TrackedRelationship> = {},
): TrackedRelationship {
  serial += 1;
  const id = `Relat${String(serial).padStart(6, '0')}`;
  return { id, type: 'ipjUWSTPKFt', from, to, createdAt: '2026-03-06', ...rest };
}

export function aBatch(
  entities: TrackedEntity[],
  rest: Partial<FetchedTrackedEntityBatch> = {},
): FetchedTrackedEntityBatch {
  return {
    entities,
    orgUnits: { [HERE]: { name: 'Acre', path: `/CountryOu01/${HERE}` } },
    next: { cases: { updatedAt: '2026-03-05T10:00:00.000', seen: {} } },
    more: false,
    ...rest,
  };
}

/** Runs the operation on a state, with input and output converted through JSON. */
export function runMapCases(
  mapping: CaseMapping,
  entities: TrackedEntity[] | FetchedTrackedEntityBatch,
  options?: MapCasesOptions,
): { data: MappedPeopleBatch; report: StepReport } {
  const data = Array.isArray(entities) ? aBatch(entities) : entities;
  const state = mapCases(mapping, options)(JSON.parse(JSON.stringify({ data })));
  return { data: JSON.parse(JSON.stringify(state.data)), report: state.report['map-cases']! };
}

/** The job as the project ships it. */
export interface ShippedJob {
  mapping: CaseMapping;
  options: MapCasesOptions;
  /** The owner of each field. */
  owners: GivenOwners;
  /** The job's tables of reference data, by category. */
  tables: { category: string; table: CodeTable }[];
}

let shippedJob: Promise<ShippedJob> | undefined;

/** The job, loaded once for all test files of a process: a second import would not run it again. */
export function loadShippedJob(): Promise<ShippedJob> {
  shippedJob ??= readShippedJob();
  return shippedJob;
}

/** Reads the mapping of the job, as the operation of Go.Data's adaptor does. */
async function readShippedJob(): Promise<ShippedJob> {
  const { mapping, tables } = await loadShippedMapping();
  const read = readPeopleMapping(mapping, { programOf: () => undefined });
  const options = toOptions(read);
  return {
    mapping: fromRows(read),
    options,
    owners: options.owners!,
    tables: [...tables, ...documentTypes(read)],
  };
}

/** The types of documents that rows name. */
function documentTypes({ case: cases, contact }: PeopleMapping): ShippedJob['tables'] {
  const category = 'DOCUMENT_TYPE';
  return [...cases.rows, ...contact!.rows]
    .flatMap(({ field }) => /^documents\.(.*)/.exec(field)?.[1] ?? [])
    .map(type => ({
      category,
      table: { [type]: `LNG_REFERENCE_DATA_CATEGORY_${category}_${type}` },
    }));
}
