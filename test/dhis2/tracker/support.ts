import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type {
  FetchedTrackedEntityBatch,
  TrackedEntity,
  TrackerCursor,
} from '#common/handover/fetched-tracked-entity-batch.js';
import { fetchTrackedEntities } from '#dhis2/Adaptor.js';
import type { FetchTrackedEntitiesOptions } from '#dhis2/tracker/fetch/options.js';
import {
  type Dhis2Seed,
  type RunningDhis2,
  startDhis2,
  type TrackerSeed,
} from '#sandbox/dhis2/index.js';
import { ID } from '../../sandbox/dhis2/support/seed.js';
import { aTrackerSeed, WHO } from '../../sandbox/dhis2/support/tracker-seed.js';

export { ID, WHO };

/** The versions that differ in how tracked entities are read (dhis2 FACTS §4.2). */
export const VERSIONS = ['2.38', '2.40', '2.41', '2.42', '2.43'];

const PROGRAMS: FetchTrackedEntitiesOptions = {
  program: WHO.cases,
  contactProgram: WHO.contacts,
};

/** Precision of a server's `updatedAfter`: the number of characters of the time that it uses. */
export const PRECISION = { day: 10, second: 19, millisecond: 23 };

/** A DHIS2 with people in it, behind a proxy that sees every request. */
export interface TrackerServer {
  dhis2: RunningDhis2;
  store: RunningDhis2['store']['tracker'];
  /** The server's own clock, in milliseconds of UTC; its zone is one hour ahead. */
  clock: { ms: number };
  /** Called before each request for tracked entities is answered. */
  onRequest: (query: URLSearchParams) => void;
  /** Requests for tracked entities. */
  lists: URLSearchParams[];
  /** One run, with the state that it leaves. */
  run(
    state?: Record<string, unknown>,
    options?: Partial<FetchTrackedEntitiesOptions>,
  ): Promise<Run>;
  close(): Promise<void>;
}

export interface Run {
  data: FetchedTrackedEntityBatch;
  report: Record<string, { read?: number; requests?: number }>;
  cursor?: TrackerCursor;
}

export interface ServerTraits {
  version?: string;
  seed?: Partial<Dhis2Seed>;
  precision?: number;
  username?: string;
}

/** Starts a DHIS2 behind a proxy. */
export async function startTracker({
  version = '2.42',
  seed = {},
  precision = PRECISION.millisecond,
  username = 'admin',
}: ServerTraits = {}): Promise<TrackerServer> {
  const clock = { ms: Date.UTC(2026, 7, 19, 10) };
  const dhis2 = await startDhis2({
    jobWaitMs: 0,
    seed: aTrackerSeed(seed),
    version,
    clock: () => new Date(clock.ms),
  });
  const lists: URLSearchParams[] = [];
  const proxy = createServer(async (request, response) => {
    const url = new URL(request.url!, dhis2.url);
    if (url.pathname === '/api/tracker/trackedEntities') {
      lists.push(url.searchParams);
      server.onRequest(url.searchParams);
      const after = url.searchParams.get('updatedAfter');
      if (after) url.searchParams.set('updatedAfter', after.slice(0, precision));
    }
    const headers = request.headers as Record<string, string>;
    const answer = await fetch(url, { headers, redirect: 'manual' });
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
    if (answer.body) Readable.fromWeb(answer.body as never).pipe(response);
    else response.end();
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  const configuration = {
    hostUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    username,
    password: 'secret',
  };
  const server: TrackerServer = {
    dhis2,
    store: dhis2.store.tracker,
    clock,
    onRequest: () => {},
    lists,
    run: async (state = {}, options = {}) =>
      throughJson(
        await fetchTrackedEntities({ ...PROGRAMS, ...options })({ configuration, ...state }),
      ) as unknown as Run,
    close: async () => {
      proxy.closeAllConnections();
      await new Promise(resolve => proxy.close(resolve));
      await dhis2.close();
    },
  };
  return server;
}

/** Runs until there is no more; each run begins where the one before ended. */
export async function drain(
  server: TrackerServer,
  cursor?: TrackerCursor,
  { batchSize, ...options }: Partial<FetchTrackedEntitiesOptions> = {},
): Promise<{ batches: FetchedTrackedEntityBatch[]; next: TrackerCursor }> {
  const batches: FetchedTrackedEntityBatch[] = [];
  for (let next = cursor; ; ) {
    const { data } = await server.run({ cursor: next, batchSize }, options);
    batches.push(data);
    next = data.next;
    if (!data.more) return { batches, next };
  }
}

/** What a receiver has after it has applied everything that was passed on, by id. */
export function applied(
  batches: readonly FetchedTrackedEntityBatch[],
  people = new Map<string, TrackedEntity>(),
): Map<string, TrackedEntity> {
  for (const entity of batches.flatMap(batch => batch.entities)) {
    if (entity.deleted) people.delete(entity.id);
    else people.set(entity.id, entity);
  }
  return people;
}

/** Ids of some people: `CasePerson1`... */
export const idOf = (kind: string, n: number) =>
  `${kind}${String(n).padStart(11 - kind.length, '0')}`;

/** People enrolled in a program, each with events; `updatedAt` of the nth. */
export function peopleIn(
  program: string,
  count: number,
  updatedAt: (n: number) => string,
  events = 0,
): Required<Pick<TrackerSeed, 'trackedEntities' | 'enrollments' | 'events'>> {
  const letter = program === WHO.cases ? 'C' : 'K';
  const numbers = Array.from({ length: count }, (_, n) => n);
  return {
    trackedEntities: numbers.map(n => ({
      trackedEntity: idOf(letter, n),
      trackedEntityType: WHO.person,
      orgUnit: ID.facility,
      createdAt: '2026-01-01T08:00:00.000',
      updatedAt: updatedAt(n),
      attributes: [{ attribute: WHO.firstName, value: `Name ${n}` }],
    })),
    enrollments: numbers.map(n => ({
      enrollment: idOf(`E${letter}`, n),
      trackedEntity: idOf(letter, n),
      program,
      orgUnit: ID.facility,
      enrolledAt: '2026-08-01',
    })),
    events: numbers.flatMap(n =>
      Array.from({ length: events }, (_, event) => ({
        event: idOf(`V${letter}${event}`, n),
        enrollment: idOf(`E${letter}`, n),
        programStage: program === WHO.cases ? WHO.labResults : WHO.followUp,
        orgUnit: ID.facility,
        occurredAt: '2026-08-02',
        dataValues:
          program === WHO.cases ? [{ dataElement: WHO.labResult, value: 'POSITIVE' }] : [],
      })),
    ),
  };
}

/** A seed with people of both programs, and no others. */
export function aCrowd(
  ...groups: ReturnType<typeof peopleIn>[]
): Pick<Dhis2Seed, 'trackedEntities' | 'enrollments' | 'events' | 'relationships'> {
  return {
    trackedEntities: groups.flatMap(group => group.trackedEntities),
    enrollments: groups.flatMap(group => group.enrollments),
    events: groups.flatMap(group => group.events),
    relationships: [],
  };
}

/** A time of the server, some milliseconds after eight on a day. */
export const at = (ms: number, day = '2026-08-10') =>
  new Date(Date.parse(`${day}T08:00:00.000Z`) + ms).toISOString().slice(0, -1);

/** States travel between steps as JSON. */
function throughJson<T>(state: T): T {
  return JSON.parse(JSON.stringify(state));
}
