import { afterEach } from 'vitest';
import type {
  MappedEntity,
  MappedEvent,
  MappedTrackedEntityBatch,
  MappedTrackedRelationship,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { uidOf } from '#common/identity/uid.js';
import type { StoredMemory } from '#common/ownership/index.js';
import type { PlanTable } from '#common/reporting/plan.js';
import type { StepReport } from '#common/reporting/report.js';
import { upsertTrackedEntities } from '#dhis2/Adaptor.js';
import type { UpsertTrackedEntitiesOptions } from '#dhis2/tracker/upsert/options.js';
import { type Dhis2Seed, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { generateTrackerProgram } from '#sandbox/tracker-program/index.js';
import { aSeed, aUser, ID } from '../sandbox/dhis2/support/seed.js';
import { MEMORY_KEY } from './both-servers.js';

export { ID };

/** Every minor version that the adaptor supports. */
export const VERSIONS = ['2.38', '2.39', '2.40', '2.41', '2.42', '2.43', '2.44'];

/** WHO's packages, by what things are (dhis2 FACTS §7). */
export const WHO = {
  cases: 'uYjxkTbwRNf',
  contacts: 'DM9n1bUw8W8',
  person: 'MCPQUTHX1Ze',
  firstName: 'sB1IHYu2xQT',
  surname: 'ENRjVGxVL6l',
  sex: 'oindugucx72',
  age: 'Rv8WM2mTuS5',
  localId: 'he05i8FUwu3',
  phone: 'fctSQp5nAYl',
  systemId: 'HAZ7VQ730yn',
  contactId: 'tCQ0Q70ao2m',
  clinical: 'LpWNjNGvCO5',
  onset: 's3eoonJ8OJb',
  fever: 'EWZcuvPOrJF',
  admitted: 'CUbZcLm9LyN',
  labResult: 'dDHkBd3X8Ce',
  specimen: 'kL7PTi4lRSl',
  result: 'ovY6E8BSdto',
  outcome: 'iVfs6Jyp7I8',
  outcomeStatus: 'bOYWVEBaWy6',
  followUp: 'sAV9jAajr8x',
  inContact: 'ipjUWSTPKFt',
} as const;

const SERVER = 'godata';

/** The UID that is computed from a person, an event's key... */
export const made = (kind: string, id: string, generation = 1) =>
  uidOf({ server: SERVER, kind, id, generation });
/** The tracked entity of a person who was first entered in Go.Data. */
export const teOf = (person: string, generation = 1) => made('tracked-entity', person, generation);
/** Its enrollment. */
export const enrollmentOf = (person: string, program: string = WHO.cases, generation = 1) =>
  made('enrollment', `${person} ${program}`, generation);

/** A seed: nobody in WHO's programs, at the facility and the other district of the fixture. */
function programSeed(change: (seed: Dhis2Seed) => void = () => {}): Dhis2Seed {
  const base = aSeed({}, { systemInfo: { serverTimeZoneId: 'Africa/Lagos' } });
  const orgUnits = base.organisationUnits.filter(({ id }) =>
    [ID.facility, ID.otherDistrict].some(one => one === id),
  );
  const program = generateTrackerProgram({ orgUnits, today: '2026-08-19', people: 0 });
  const seed: Dhis2Seed = {
    ...base,
    ...program,
    users: [
      aUser({ username: 'integration', authorities: ['F_UNCOMPLETE_EVENT'] }),
      aUser({ username: 'keeper', authorities: ['F_ENROLLMENT_CASCADE_DELETE'] }),
      aUser({
        username: 'cascader',
        authorities: ['F_TEI_CASCADE_DELETE', 'F_ENROLLMENT_CASCADE_DELETE'],
      }),
      aUser({ username: 'district', organisationUnits: [{ id: ID.otherDistrict }] }),
      aUser({ username: 'admin', authorities: ['ALL'] }),
    ],
    optionSets: [...base.optionSets!, ...program.optionSets],
    dataElements: [...base.dataElements, ...program.dataElements],
  };
  change(seed);
  return seed;
}

/** Attributes of a seed, to change them. */
export const attributeIn = (seed: Dhis2Seed, id: string) =>
  seed.trackedEntityAttributes!.find(one => one.id === id)!;
export const programIn = (seed: Dhis2Seed, id: string) =>
  seed.programs!.find(one => one.id === id)!;
export const stageIn = (seed: Dhis2Seed, id: string) =>
  seed.programStages!.find(one => one.id === id)!;

export interface ServerTraits {
  version?: string;
  seed?: (seed: Dhis2Seed) => void;
}

const open: RunningDhis2[] = [];
/** Closes the servers of a test after it. */
export function closeServers(): void {
  afterEach(async () => {
    await Promise.all(open.splice(0).map(server => server.close()));
  });
}

/** Starts a DHIS2 with WHO's programs and no people. */
export async function startProgram({ version = '2.42', seed }: ServerTraits = {}) {
  const clock = () => new Date('2026-08-19T10:00:00.000Z');
  const server = await startDhis2({ seed: programSeed(seed), version, clock, jobWaitMs: 0 });
  open.push(server);
  return server;
}

const SEXES = { MALE: 'LNG_GENDER_MALE', FEMALE: 'LNG_GENDER_FEMALE', OTHER: null };
const RESULTS = {
  POSITIVE: 'LNG_RESULT_POSITIVE',
  NEGATIVE: 'LNG_RESULT_NEGATIVE',
  INVALID: 'LNG_RESULT_NEGATIVE',
};
const sex = (id: string | null) => ({ table: 'sex', id });
const result = (id: string | null) => ({ table: 'result', id });
export const FEMALE = sex(SEXES.FEMALE);
export const MALE = sex(SEXES.MALE);
export const NO_SEX = sex(null);
export const POSITIVE = result(RESULTS.POSITIVE);
export const NEGATIVE = result(RESULTS.NEGATIVE);

/** A case; other properties are the usual ones. */
export function aCase(id: string, more: Partial<MappedEntity> = {}): MappedEntity {
  const isContact = more.kind !== undefined && more.kind !== 'case';
  const { attributes, ...rest } = more;
  return {
    id,
    kind: 'case',
    links: [],
    program: isContact ? WHO.contacts : WHO.cases,
    location: ID.facility,
    enrolledAt: '2026-08-10',
    events: [],
    fingerprints: {},
    ...rest,
    attributes: {
      [WHO.firstName]: `Secretname${id}`,
      [WHO.surname]: 'Obi',
      [WHO.sex]: FEMALE,
      ...attributes,
    },
  };
}

export const aContact = (id: string, more: Partial<MappedEntity> = {}) =>
  aCase(id, { kind: 'contact', ...more });

/** A person who was deleted in Go.Data. */
export const aGhost = (id: string, more: Partial<MappedEntity> = {}): MappedEntity => ({
  id,
  kind: 'case',
  links: [],
  program: WHO.cases,
  deleted: true,
  attributes: {},
  events: [],
  fingerprints: {},
  ...more,
});

export const clinical = (
  values: MappedEvent['values'],
  more: Partial<MappedEvent> = {},
): MappedEvent => ({
  key: WHO.clinical,
  stage: WHO.clinical,
  occurredAt: '2026-08-11',
  ...more,
  values,
});

export const labResult = (
  id: string,
  values: MappedEvent['values'] = { [WHO.result]: POSITIVE },
  more: Partial<MappedEvent> = {},
): MappedEvent => ({
  key: `lab-result ${id}`,
  stage: WHO.labResult,
  occurredAt: '2026-08-12',
  ...more,
  values,
});

export const exposure = (
  key: string,
  from: string,
  to: string,
  more: Partial<MappedTrackedRelationship> = {},
): MappedTrackedRelationship => ({ key, type: WHO.inContact, from, to, ...more });

const location = (name: string, parent?: string, identifiers?: string[]) => ({
  name,
  ...(parent ? { parent } : {}),
  ...(identifiers ? { identifiers } : {}),
});

/** A batch of people. */
export function aBatch(
  entities: MappedEntity[],
  relationships: MappedTrackedRelationship[] = [],
  more: Partial<MappedTrackedEntityBatch> = {},
): MappedTrackedEntityBatch {
  return {
    entities,
    relationships,
    others: {},
    locations: {
      [ID.root]: location('Country'),
      [ID.district]: location('District', ID.root),
      [ID.facility]: location('Facility', ID.district),
      [ID.otherDistrict]: location('Other district', ID.root),
      'village-1': location('Village', ID.facility),
      'by-code': location('By code', ID.root, ['X', 'DB']),
      'by-id': location('By id', ID.root, ['Y', ID.facility]),
      nowhere: location('Nowhere'),
    },
    tables: { sex: SEXES, result: RESULTS },
    owners: {},
    server: SERVER,
    findBy: [],
    whenDeleted: 'leave',
    next: { people: { updatedAt: '2026-08-18T00:00:00.000Z', seen: {} } },
    more: false,
    ...more,
  };
}

/** The result of a run. */
export interface Ran {
  data: { plan: PlanTable; dryRun?: true };
  report: Record<string, StepReport>;
  cursor?: Record<string, unknown> & { people?: { retry?: string[] } };
  memory?: StoredMemory;
  more: boolean;
  [key: string]: unknown;
}

/** The cursor of an earlier run: a first run fails if all of its records are rejected. */
const EARLIER = { people: { people: { updatedAt: '2026-08-17T00:00:00.000Z', seen: {} } } };

/** Runs the operation as a workflow's last step, on a state that has travelled as JSON. */
export async function upsert(
  { url }: { url: string },
  batch: MappedTrackedEntityBatch,
  options: UpsertTrackedEntitiesOptions = {},
  { username = 'integration', ...state }: Record<string, unknown> = {},
): Promise<Ran> {
  const configuration = { hostUrl: url, username, password: 'secret', memoryKey: MEMORY_KEY };
  const next = await upsertTrackedEntities(options)(
    throughJson({
      ...(state.dryRun ? {} : { cursor: EARLIER }),
      ...state,
      configuration,
      data: batch,
    }),
  );
  return throughJson(next) as unknown as Ran;
}

/** The step's entry in the report. */
export const reportOf = ({ report }: Ran) => report['upsert-tracked-entities']!;

/** The values that a tracked entity has. */
export function attributesOf({ store }: RunningDhis2, id: string): Record<string, string> {
  const { attributes = [] } = store.tracker.get('trackedEntities', id) ?? {};
  return Object.fromEntries(attributes.map(({ attribute, value }) => [attribute, value]));
}

/** The values that an event has. */
export function valuesOf({ store }: RunningDhis2, id: string): Record<string, string> {
  const { dataValues = [] } = store.tracker.get('events', id) ?? {};
  return Object.fromEntries(dataValues.map(({ dataElement, value }) => [dataElement, value]));
}

/** The objects of a kind that are not deleted. */
export const living = <K extends 'trackedEntities' | 'enrollments' | 'events' | 'relationships'>(
  { store }: RunningDhis2,
  kind: K,
) => store.tracker.list(kind).filter(({ deleted }) => !deleted);

/** States travel between steps as JSON. */
function throughJson<T>(state: T): T {
  return JSON.parse(JSON.stringify(state));
}
