import type {
  MappedPeopleBatch,
  MappedPerson,
  MappedRelationship,
} from '#common/handover/mapped-people-batch.js';
import { upsertCases } from '#godata/Adaptor.js';
import type { UpsertCasesOptions } from '#godata/people/upsert/options.js';
import { type GoDataRecord, type RunningGoData, startGoData } from '#sandbox/godata/index.js';
import { referenceSeed } from '#sandbox/godata/reference-seed.js';
import { MEMORY_KEY } from './both-servers.js';

const REF = 'LNG_REFERENCE_DATA_CATEGORY_';

/** The id of a reference data item. */
export const ref = (category: string, value: string) => `${REF}${category}_${value}`;

/** Reference data that the tests' people refer to. */
const LABELS = {
  CASE_CLASSIFICATION: ['Confirmed', 'Probable', 'Suspect', 'Not a case discarded'],
  GENDER: ['Male', 'Female'],
  OUTCOME: ['Alive', 'Recovered', 'Deceased'],
  DOCUMENT_TYPE: ['External ID', 'Passport', 'Other', 'Archived ID'],
  ADDRESS_TYPE: ['Usual place of residence', 'Other'],
  PERSON_DATE_TYPE: ['Hospitalization', 'Isolation'],
  CERTAINTY_LEVEL: ['1 Low', '3 High'],
  EXPOSURE_TYPE: ['Social'],
  LAB_TEST_RESULT: ['Positive', 'Negative'],
  VACCINE: ['Measles', 'Rubella'],
  VACCINE_STATUS: ['Vaccinated'],
};

export const DISTRICT_A = 'DistrictA01';
export const DISTRICT_B = 'DistrictB01';
const COUNTRY = 'CountryOu01';

const location = (id: string, parent: string | null): GoDataRecord => ({
  id,
  name: id,
  active: true,
  parentLocationId: parent,
});

/** Org units of the tests, as a batch names them. */
const ORG_UNITS = {
  [COUNTRY]: { name: 'Country', path: `/${COUNTRY}` },
  [DISTRICT_A]: { name: 'District A', path: `/${COUNTRY}/${DISTRICT_A}` },
  [DISTRICT_B]: { name: 'District B', path: `/${COUNTRY}/${DISTRICT_B}` },
};

export const OUTBREAK = 'Test outbreak';

/** A Go.Data with places and reference data, and no people. */
export async function startPeopleServer(
  options: { version?: string; mask?: string; seed?: object } = {},
): Promise<RunningGoData> {
  const account = { email: 'integration@example.org', password: 'Integration-1!' };
  const mask = options.mask ?? '*';
  return startGoData({
    version: options.version ?? '2.50.3',
    seed: {
      users: [{ id: 'user-1', ...account, activeOutbreakId: 'former-outbreak' }],
      outbreaks: [
        { id: 'test-outbreak', name: OUTBREAK, caseIdMask: mask, contactIdMask: mask },
        { id: 'former-outbreak', name: 'Former outbreak' },
      ],
      locations: [
        location(COUNTRY, null),
        location(DISTRICT_A, COUNTRY),
        location(DISTRICT_B, COUNTRY),
      ],
      ...referenceSeed(LABELS),
      ...options.seed,
    },
  });
}

/** A case of the source; other properties are the usual ones. */
export function aPerson(
  id: string,
  fields: MappedPerson['fields'] = {},
  more: Partial<MappedPerson> = {},
): MappedPerson {
  return {
    id,
    kind: 'case',
    orgUnit: DISTRICT_A,
    labResults: [],
    ...more,
    fields: more.deleted
      ? {}
      : {
          firstName: `Secretname${id}`,
          classification: ref('CASE_CLASSIFICATION', 'SUSPECT'),
          dateOfReporting: '2026-03-01',
          documents: [{ type: ref('DOCUMENT_TYPE', 'EXTERNAL_ID'), number: id }],
          addresses: [
            {
              typeId: ref('ADDRESS_TYPE', 'USUAL_PLACE_OF_RESIDENCE'),
              locationId: more.orgUnit ?? DISTRICT_A,
            },
          ],
          ...fields,
        },
  };
}

/** A batch of people. */
export function aBatch(
  people: MappedPerson[],
  relationships: MappedRelationship[] = [],
  more: Partial<MappedPeopleBatch> = {},
): MappedPeopleBatch {
  return {
    people,
    relationships,
    orgUnits: ORG_UNITS,
    whenDeleted: 'delete',
    vaccines: [ref('VACCINE', 'MEASLES'), ref('VACCINE', 'RUBELLA')],
    owners: {},
    server: 'godata',
    next: {},
    more: false,
    ...more,
  };
}

/** Runs the operation as a workflow's last step. */
export async function upsertPeopleBatch(
  { url }: RunningGoData,
  batch: MappedPeopleBatch,
  options: Partial<UpsertCasesOptions> = {},
  state: Record<string, unknown> = {},
) {
  return upsertCases({ outbreak: { name: OUTBREAK }, ...options })({
    configuration: {
      apiUrl: `${url}/api`,
      email: 'integration@example.org',
      password: 'Integration-1!',
      memoryKey: MEMORY_KEY,
    },
    ...state,
    data: JSON.parse(JSON.stringify(batch)),
  });
}
