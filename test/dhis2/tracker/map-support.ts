import type { CodeTable } from '#common/handover/code-table.js';
import type { FetchedPeopleBatch, OutbreakPerson } from '#common/handover/fetched-people-batch.js';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { GivenOwners } from '#common/ownership/index.js';
import { readPeopleMapping } from '#common/people-mapping/read-people-mapping.js';
import type { StepReport } from '#common/reporting/report.js';
import { fromRows } from '#dhis2/tracker/map/from-rows.js';
import { mapWithFunctions as mapTrackedEntities } from '#dhis2/tracker/map/map-with-functions.js';
import type { EntityMapping } from '#dhis2/tracker/map/mapping.js';
import type { MapTrackedEntitiesOptions } from '#dhis2/tracker/map/options.js';
import { toOptions } from '#dhis2/tracker/map/read-people-mapping.js';
import { loadShippedMapping } from '#test/support/shipped-mapping.js';

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

/** Reads the mapping of the job, as the operation of DHIS2's adaptor does. */
async function readShippedJob(): Promise<ShippedJob> {
  const { mapping, tables } = await loadShippedMapping();
  const read = readPeopleMapping(mapping, { programOf: () => undefined });
  const options = toOptions(read);
  return { mapping: fromRows(read), options, owners: options.owners!, tables };
}
