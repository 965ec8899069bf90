import { vi } from 'vitest';
import type { CodeTable } from '#common/handover/code-table.js';
import type { FetchedPeopleBatch, OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { GivenOwners } from '#common/ownership/index.js';
import type { StepReport } from '#common/reporting/report.js';
import { mapTrackedEntities, referenceIds } from '#dhis2/Adaptor.js';
import type { EntityMapping } from '#dhis2/tracker/map/mapping.js';
import type { MapTrackedEntitiesOptions } from '#dhis2/tracker/map/options.js';

const REF = 'LNG_REFERENCE_DATA_CATEGORY_';

/** The id of a reference data item. */
export const ref = (category: string, value: string) => `${REF}${category}_${value}`;

export const HERE = 'VillageA001';
export const RESIDENCE = ref('ADDRESS_TYPE', 'USUAL_PLACE_OF_RESIDENCE');
export const EXTERNAL_ID = ref('DOCUMENT_TYPE', 'EXTERNAL_ID');

let serial = 0;

/** A case, as the step that fetches people leaves it. */
export function aPerson(
  record: OutbreakPerson['record'] = {},
  rest: Partial<OutbreakPerson> = {},
): OutbreakPerson {
  serial += 1;
  return {
    id: `person-${serial}`,
    kind: 'case',
    record: {
      createdAt: '2026-03-03T10:20:30.456Z',
      dateOfReporting: '2026-03-04T00:00:00.000Z',
      addresses: [{ typeId: RESIDENCE, locationId: HERE }],
      ...record,
    },
    labResults: [],
    followUps: [],
    ...rest,
  };
}

export function aBatch(
  people: OutbreakPerson[],
  rest: Partial<FetchedPeopleBatch> = {},
): FetchedPeopleBatch {
  return {
    outbreak: { id: 'outbreak-1', name: 'Test outbreak' },
    people,
    relationships: [],
    others: {},
    locations: { [HERE]: { name: 'Acre' } },
    next: { people: { updatedAt: '2026-03-05T10:00:00.000Z', seen: {} } },
    more: false,
    ...rest,
  };
}

export const PROGRAMS = { case: 'ProgramCase', contact: 'ProgramCont', contactOfContact: 'COC' };

/** Runs the operation on a state, with input and output converted through JSON. */
export function runMap(
  mapping: EntityMapping,
  people: OutbreakPerson[] | FetchedPeopleBatch,
  options: Partial<MapTrackedEntitiesOptions> = {},
): { data: MappedTrackedEntityBatch; report: StepReport } {
  const data = Array.isArray(people) ? aBatch(people) : people;
  const operation = mapTrackedEntities(mapping, { programs: PROGRAMS, ...options });
  const state = operation(JSON.parse(JSON.stringify({ data })));
  return {
    data: JSON.parse(JSON.stringify(state.data)),
    report: state.report['map-tracked-entities']!,
  };
}

/** The job as the project ships it. */
export interface ShippedJob {
  mapping: EntityMapping;
  options: MapTrackedEntitiesOptions;
  owners: GivenOwners;
  /** Its tables of reference data, by category. */
  tables: { category: string; table: CodeTable }[];
}

let shippedJob: Promise<ShippedJob> | undefined;

/** The job, loaded once for all test files of a process: a second import would not run it again. */
export function loadShippedJob(): Promise<ShippedJob> {
  shippedJob ??= readShippedJob();
  return shippedJob;
}

/** Loads the job with the adaptor's functions, which OpenFn's compiler would import. */
async function readShippedJob(): Promise<ShippedJob> {
  const job = { tables: [] as ShippedJob['tables'] } as ShippedJob;
  vi.stubGlobal('referenceIds', (category: string, codes: CodeTable) => {
    const table = referenceIds(category, codes);
    job.tables.push({ category, table });
    return table;
  });
  vi.stubGlobal('mapTrackedEntities', (mapping: EntityMapping, options: never) => {
    Object.assign(job, { mapping, options });
  });
  const file = '../../../jobs/cases-to-tracked-entities/map-tracked-entities.js';
  const { owners } = await import(new URL(file, import.meta.url).href);
  vi.unstubAllGlobals();
  return Object.assign(job, { owners });
}
