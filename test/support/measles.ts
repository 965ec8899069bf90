import {
  attribute,
  codes,
  element,
  enrolledAt,
  orgUnit,
  row,
  stage,
} from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import type { State } from '#common/reporting/report.js';
import * as dhis2 from '#dhis2/Adaptor.js';
import * as godata from '#godata/Adaptor.js';
import { type RunningSandbox, startSandbox } from '#sandbox/index.js';
import { MEMORY_KEY } from './both-servers.js';
import { readRougeole } from './rougeole.js';

type Row = Record<string, unknown>;
type Export = Record<string, Row[]>;

const PROGRAM = 'RgPrgCas000';
const NOTIFICATION_STAGE = 'RgPsNotif00';
const CLINIC = 'RgOuCsBola0';
const OUTBREAK = '6b2f4c1e-90ad-4e57-8f3b-2c7d51e0a9b4';
const OUTBREAK_NAME = 'Rougeole 2026';

/** The program's first stage. */
export const NOTIFICATION = stage(NOTIFICATION_STAGE);

/** What every mapping of these cases has: the person, the place and both days. */
export const PERSON_ROWS = [
  row('firstName', attribute('RgAtPrenoms')),
  row('lastName', attribute('RgAtNom0000')),
  row('gender', attribute('RgAtSexe000'), {
    codes: codes('GENDER', { H: 'MALE', F: 'FEMALE', I: null }),
  }),
  row('addresses.locationId', orgUnit(), { owner: 'dhis2' }),
  row('dateOfReporting', enrolledAt()),
  row('dateOfOnset', element(NOTIFICATION, 'RgDeErupt00')),
];

/** A data element that the program of cases has more than in the files. */
export interface AddedElement {
  id: string;
  valueType: string;
  /** Codes of its option set. */
  options?: readonly string[];
}

/** The measles programs of a country and its outbreak, with two ways and users in both systems. */
export interface Measles {
  sandbox: RunningSandbox;
  /** One way of a run, until its source has no more; its report of the step that writes. */
  run(toward: 'godata' | 'dhis2'): Promise<NonNullable<State['report']>[string]>;
  /** Forgets the state, as a run without `--state` does. */
  forget(): void;
  /**
   * A person whom somebody enters in DHIS2, with values of the notification.
   *
   * @param id nine characters, the end of all ids of the person
   */
  enter(id: string, values: Record<string, string>): Promise<void>;
  /** Somebody changes values of the notification in DHIS2. */
  editDhis2(id: string, values: Record<string, string | null>): Promise<void>;
  /** Somebody changes a record in Go.Data. */
  editGoData(id: string, changes: Row): Promise<void>;
  /** The values of the notification. */
  inDhis2(id: string): Record<string, string>;
  inGoData(id: string): Promise<Row>;
  close(): Promise<void>;
}

/**
 * Starts both servers with the exports of the fixture.
 *
 * @param mapping of cases
 * @param change changes the outbreak before Go.Data has it
 * @param locationOf the id of an org unit's location, which is linked to it
 */
export async function startMeasles(
  mapping: PeopleMapping,
  {
    elements = [],
    change = () => {},
    locationOf = orgUnit => orgUnit,
  }: {
    elements?: readonly AddedElement[];
    change?: (outbreak: Row) => void;
    locationOf?: (orgUnit: string) => string;
  } = {},
): Promise<Measles> {
  const program = readRougeole<Export>('program-cas.json');
  for (const one of elements) addElement(program, one);
  const outbreak = readRougeole('outbreak.json');
  change(outbreak);
  const sandbox = await startSandbox({
    dhis2Metadata: [program, ...['program-contacts.json', 'metadata.json'].map(readExport)],
    godataTemplate: outbreak,
    godataReferenceData: readRougeole('reference-data.json'),
    godataLabels: [readRougeole('labels.json')],
    people: 0,
    casesCount: 0,
    today: '2026-11-24',
  });
  const credentials = {
    dhis2: { ...sandbox.credentials.dhis2, memoryKey: MEMORY_KEY },
    godata: { ...sandbox.credentials.godata, memoryKey: MEMORY_KEY },
  };
  const askDhis2 = async (body: Row) => {
    const { hostUrl, username, password } = credentials.dhis2;
    const answer = await fetch(`${hostUrl}/api/tracker?async=false`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${username}:${password}`)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const askGoData = async (method: string, path: string, body?: unknown) => {
    const { apiUrl, email, password } = credentials.godata;
    const json = { 'content-type': 'application/json' };
    const login = await fetch(`${apiUrl}/users/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ email, password }),
    });
    const { id } = (await login.json()) as { id: string };
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...json, authorization: id },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Row;
  };
  const units = sandbox.dhis2.store.metadata.list('organisationUnits') as unknown as Row[];
  await askGoData(
    'POST',
    '/locations',
    units.map(({ id, name, parent }) => ({
      id: locationOf(String(id)),
      name,
      parentLocationId: parent ? locationOf(String((parent as Row).id)) : null,
      identifiers: [{ code: id }],
    })),
  );
  const steps = {
    godata: [
      ['dhis2', dhis2.fetchTrackedEntities({ program: PROGRAM })],
      ['godata', godata.mapPeople(mapping)],
      ['godata', godata.upsertCases({ outbreak: { name: OUTBREAK_NAME }, visualIds: false })],
    ],
    dhis2: [
      ['godata', godata.fetchPeople({ outbreak: { name: OUTBREAK_NAME } })],
      ['dhis2', dhis2.mapPeople(mapping)],
      ['dhis2', dhis2.upsertTrackedEntities({})],
    ],
  } as const;
  let state: State = {};
  const casePath = (id: string) => `/outbreaks/${OUTBREAK}/cases/${id}`;
  const { tracker } = sandbox.dhis2.store;
  const eventOf = (id: string) => tracker.list('events').find(one => one.event === `Ev${id}`)!;
  return {
    sandbox,
    async run(toward) {
      let next: State = state;
      for (const [system, operation] of steps[toward]) {
        const input = { ...next, configuration: credentials[system] } as unknown as State;
        const { configuration: _configuration, ...rest } = await operation(input);
        next = JSON.parse(JSON.stringify(rest));
      }
      const { data: _data, report = {}, ...kept } = next;
      state = kept;
      return report[toward === 'godata' ? 'upsert-cases' : 'upsert-tracked-entities']!;
    },
    forget() {
      state = {};
    },
    enter: (id, values) =>
      askDhis2({
        trackedEntities: [
          {
            trackedEntity: `Te${id}`,
            trackedEntityType: 'RgTetPers00',
            orgUnit: CLINIC,
            attributes: toValues('attribute', {
              RgAtEpid000: `ROU-${id.slice(-5)}`,
              RgAtNom0000: 'Nom',
              RgAtPrenoms: 'Prénom',
              RgAtSexe000: 'F',
            }),
            enrollments: [
              {
                enrollment: `En${id}`,
                program: PROGRAM,
                orgUnit: CLINIC,
                enrolledAt: '2026-08-20',
                occurredAt: '2026-08-20',
                events: [toEvent(id, { RgDeErupt00: '2026-08-19', RgDeDoses00: '0', ...values })],
              },
            ],
          },
        ],
      }),
    editDhis2: (id, values) =>
      askDhis2({ events: [{ ...toEvent(id, values), enrollment: `En${id}` }] }),
    editGoData: async (id, changes) => {
      await askGoData('PUT', casePath(`Te${id}`), changes);
    },
    inDhis2: id => {
      const values = eventOf(id).dataValues.map(one => [one.dataElement, one.value] as const);
      return Object.fromEntries(values) as Record<string, string>;
    },
    inGoData: id => askGoData('GET', casePath(`Te${id}`)),
    close: () => sandbox.close(),
  };
}

const readExport = (name: string) => readRougeole<Export>(name);

function toValues(key: string, values: Record<string, string | null>): Row[] {
  return Object.entries(values).map(([id, value]) => ({ [key]: id, value }));
}

function toEvent(id: string, values: Record<string, string | null>): Row {
  return {
    event: `Ev${id}`,
    program: PROGRAM,
    programStage: NOTIFICATION_STAGE,
    orgUnit: CLINIC,
    occurredAt: '2026-08-20',
    status: 'ACTIVE',
    dataValues: toValues('dataElement', values),
  };
}

/** Adds a data element to the stage Notification, made like one that the file has. */
function addElement(program: Export, { id, valueType, options }: AddedElement): void {
  const [like] = program.dataElements!.filter(one => one.id === 'RgDeErupt00');
  const stage = program.programStages!.find(one => one.id === NOTIFICATION_STAGE)!;
  const elements = stage.programStageDataElements as Row[];
  const named = { id, name: id, shortName: id, code: id.toUpperCase() };
  const set = `Os${id.slice(2)}`;
  const optionSet = options ? { optionSet: { id: set } } : {};
  program.dataElements!.push({ ...like, ...named, valueType, ...optionSet });
  const linked = { id: `Ps${id.slice(2)}`, compulsory: false, dataElement: { id } };
  elements.push({ ...elements[0], ...linked });
  if (!options) return;
  const ids = options.map((_, n) => `Op${id.slice(2, 9)}0${n}`);
  program.options!.push(
    ...options.map((code, n) => ({
      ...program.options![0],
      ...{ id: ids[n]!, code, name: code, sortOrder: n + 1, optionSet: { id: set } },
    })),
  );
  program.optionSets!.push({
    ...program.optionSets![0],
    ...{
      id: set,
      name: set,
      code: set.toUpperCase(),
      valueType,
      options: ids.map(one => ({ id: one })),
    },
  });
}
