import type { Operation } from '#common/operations/operation.js';
import type { State } from '#common/reporting/report.js';
import { demoMetadata, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { type RunningGoData, startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { type BothServers, joinServers } from './both-servers.js';
import { shippedStep } from './shipped-steps.js';

const TODAY = '2026-11-24';
export const OUTBREAK = 'outbreak-1';

export const PROGRAMS = { case: 'uYjxkTbwRNf', contact: 'DM9n1bUw8W8' } as const;
export const STAGES = {
  clinical: 'LpWNjNGvCO5',
  labRequest: 'iR8O4hSLHnu',
  labResult: 'dDHkBd3X8Ce',
  outcome: 'iVfs6Jyp7I8',
  followUp: 'sAV9jAajr8x',
  symptoms: 'oWMZsYe2Fc4',
} as const;

export const ref = (id: string) => `LNG_REFERENCE_DATA_CATEGORY_${id}`;

const { orgUnits, goData: invented } = generateOutbreak({ today: TODAY, cases: 0 });
export const PLACES = orgUnits
  .filter(({ id }) => !orgUnits.some(({ parent }) => parent?.id === id))
  .map(({ id }) => id);

/** The system that a run writes to. */
export type Toward = 'godata' | 'dhis2';

/** Both servers with the programs and an empty outbreak, and the flows between them. */
export interface TwoWay {
  dhis2: RunningDhis2;
  goData: RunningGoData;
  /** The state that runs leave and the next ones begin with; a failed run does not change it. */
  state: State;
  /** Of both servers. */
  credentials: BothServers['credentials'];
  /** Milliseconds that the clock of each server is ahead; a test may change it. */
  ahead: Record<Toward, number>;
  /** One flow, until its source has no more; `options` creates reference data from DHIS2's vaccines. */
  run(flow: Toward | 'options'): Promise<State>;
  /** Both flows. */
  cycle(): Promise<State[]>;
  /** Requests that wrote, at both servers, since the last time it was asked. */
  writes(): number;
  close(): Promise<void>;
}

export interface TwoWayOptions {
  people?: number;
  dhis2?: string;
  godata?: string;
  /** Milliseconds that DHIS2's clock is ahead. */
  skew?: number;
  batchSize?: number;
  /** Options of the steps that read either server. */
  fetch?: { pageSize: number; overlapMinutes: number };
  /** Whether DHIS2 imports in the background, and how many milliseconds its jobs wait. */
  background?: number;
  /** Whether an object that was deleted in DHIS2 is created again there. */
  recreate?: boolean;
  /** What was deleted in one system is deleted in the other. */
  deletes?: boolean;
  /** Another installation of DHIS2, with the same metadata: its system id. */
  systemId?: string;
  /** Another country: DHIS2 has a tree of org units of its own. */
  country?: number;
  /** Vaccines that Go.Data already has, without codes. */
  vaccines?: readonly string[];
}

const VACCINES = ['MEASLES', 'RUBELLA', 'MR', 'MMR'];

/** The metadata of an installation, whose top org unit was created when it was set up. */
function metadataOf(
  systemId: string | undefined,
  country: number | undefined,
): ReturnType<typeof demoMetadata> {
  const tree =
    country === undefined
      ? orgUnits
      : generateOutbreak({ today: TODAY, cases: 0, seed: country }).orgUnits.map(unit => ({
          ...unit,
          code: `C${country}_${unit.code}`,
        }));
  const metadata = demoMetadata(tree);
  const created = systemId === undefined ? '2019-01-01T00:00:00.000' : '2020-01-01T00:00:00.000';
  return {
    ...metadata,
    ...(systemId === undefined ? {} : { systemInfo: { ...metadata.systemInfo, systemId } }),
    organisationUnits: metadata.organisationUnits.map(unit =>
      unit.parent ? unit : { ...unit, created },
    ),
  };
}

/** Starts both servers, whose clocks advance each time they are read. */
export async function startTwoWay(options: TwoWayOptions = {}): Promise<TwoWay> {
  const { people = 0, skew = 0, batchSize, vaccines = VACCINES } = options;
  let ms = Date.parse(`${TODAY}T12:00:00.000Z`);
  const ahead = { dhis2: skew, godata: 0 };
  const clock = (system: Toward) => () => {
    ms += 3;
    return new Date(ms + ahead[system]);
  };
  const dhis2 = await startDhis2({
    jobWaitMs: options.background ?? 0,
    seed: addTrackerProgram(metadataOf(options.systemId, options.country), {
      today: TODAY,
      people,
    }),
    version: options.dhis2 ?? '2.42',
    clock: clock('dhis2'),
  });
  const [outbreak] = invented.outbreaks!;
  const goData = await startGoData({
    seed: {
      ...invented,
      outbreaks: [
        {
          ...outbreak!,
          id: OUTBREAK,
          name: 'COVID-19',
          createdAt: '2026-01-01T00:00:00.000Z',
          caseIdMask: '*',
          contactIdMask: '*',
          isContactLabResultsActive: true,
        },
      ],
      users: invented.users!.map(user => ({ ...user, activeOutbreakId: OUTBREAK })),
      referenceData: [
        ...invented.referenceData!,
        ...vaccines.map(name => ({
          id: ref(`VACCINE_${name}`),
          categoryId: ref('VACCINE'),
          active: true,
        })),
      ],
    },
    version: options.godata ?? '2.50.3',
    clock: clock('godata'),
  });
  const [account] = goData.store.users.list();
  const { credentials, close } = joinServers(
    goData,
    dhis2,
    account as unknown as { email: string; password: string },
  );
  const flows = createFlows(options);
  const servers: TwoWay = {
    dhis2,
    goData,
    state: {},
    credentials,
    ahead,
    async run(flow) {
      let left: State | undefined;
      do {
        let state: State = { ...servers.state, ...(batchSize ? { batchSize } : {}) };
        for (const { operation, system } of flows[flow]) {
          const input = { ...state, configuration: credentials[system] };
          const next = await unlessRejected(async () => operation(input));
          // A run that failed leaves its report, and the next one begins with the former state.
          if (!next) {
            const { report } = input as State;
            return { ...state, report: addRejected(left?.report, report) };
          }
          const { configuration: _configuration, ...rest } = next;
          state = JSON.parse(JSON.stringify(rest));
        }
        const { report, data: _data, batchSize: _batchSize, ...kept } = state;
        left = { ...state, report: addRejected(left?.report, report) };
        servers.state = kept;
      } while (servers.state.more === true);
      return left!;
    },
    cycle: async () => [await servers.run('godata'), await servers.run('dhis2')],
    writes() {
      const count = goData.requests.writes() + dhis2.requests.writes();
      goData.requests.reset();
      dhis2.requests.reset();
      return count;
    },
    close,
  };
  return servers;
}

/** What an operation returns; undefined if it failed because of rejected records. */
async function unlessRejected(run: () => Promise<State>): Promise<State | undefined> {
  try {
    return await run();
  } catch (error) {
    if ((error as { code?: string }).code === 'REJECTED') return undefined;
    throw error;
  }
}

type Reports = NonNullable<State['report']>;

/** The reports of a drain as one, as far as tests use them. */
function addRejected(before: Reports | undefined, report: Reports = {}): Reports {
  return Object.fromEntries(
    Object.entries(report).map(([step, entry]) => {
      const rejected = [...(before?.[step]?.rejected ?? []), ...(entry.rejected ?? [])];
      return [step, { ...entry, ...(rejected.length > 0 ? { rejected } : {}) }];
    }),
  );
}

interface FlowStep {
  operation: Operation;
  system: Toward;
}

function createFlows({
  recreate = false,
  deletes = false,
  background,
  fetch,
}: TwoWayOptions): Record<Toward | 'options', FlowStep[]> {
  const step = (system: Toward, job: string, operation: string): FlowStep => ({
    system,
    operation: shippedStep(system, job, operation),
  });
  const whenDeleted = { inDhis2: 'delete', inGoData: 'delete' };
  const fetching = (system: Toward, job: string, operation: string): FlowStep => ({
    system,
    operation: shippedStep(system, job, operation, given => [{ ...(given as object), ...fetch }]),
  });
  const mapping = (system: Toward): FlowStep => ({
    system,
    operation: shippedStep(system, 'people/map-people', 'mapPeople', given => [
      { ...(given as object), ...(deletes ? { whenDeleted } : {}) },
    ]),
  });
  return {
    options: [
      step('dhis2', 'options-to-reference-data/fetch-options', 'fetchOptions'),
      step('godata', 'options-to-reference-data/map-reference-data', 'mapReferenceData'),
      step('godata', 'options-to-reference-data/upsert-reference-data', 'upsertReferenceItems'),
    ],
    godata: [
      fetching('dhis2', 'tracked-entities-to-cases/fetch-tracked-entities', 'fetchTrackedEntities'),
      mapping('godata'),
      step('godata', 'tracked-entities-to-cases/upsert-cases', 'upsertCases'),
    ],
    dhis2: [
      fetching('godata', 'cases-to-tracked-entities/fetch-people', 'fetchPeople'),
      mapping('dhis2'),
      {
        system: 'dhis2',
        operation: shippedStep(
          'dhis2',
          'cases-to-tracked-entities/upsert-tracked-entities',
          'upsertTrackedEntities',
          options => [
            {
              ...(options as object),
              ...(recreate ? { recreate } : {}),
              ...(background === undefined ? {} : { async: true }),
            },
          ],
        ),
      },
    ],
  };
}
