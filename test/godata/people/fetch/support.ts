import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type {
  FetchedPeopleBatch,
  OutbreakPerson,
  PeopleCursor,
} from '#common/handover/fetched-people-batch.js';
import type { StepReport } from '#common/reporting/report.js';
import { fetchPeople } from '#godata/Adaptor.js';
import type { FetchPeopleOptions } from '#godata/people/fetch/options.js';
import {
  CASE,
  CONTACT,
  CONTACT_OF_CONTACT,
  EVENT,
  type GoDataSeed,
  type JsonObject,
  type RunningGoData,
  startGoData,
} from '#sandbox/godata/index.js';
import { referenceSeed } from '#sandbox/godata/reference-seed.js';

export const OUTBREAK = 'outbreak-1';

/** The values of `type` in records of people. */
export const TYPE = {
  case: CASE.type,
  contact: CONTACT.type,
  far: CONTACT_OF_CONTACT.type,
  event: EVENT.type,
};

/** A Go.Data with a clock. The test sees every request. */
export interface PeopleServer {
  goData: RunningGoData;
  store: RunningGoData['store'];
  clock: { ms: number };
  /** Called before each GET below the outbreak is answered. */
  onRequest: (path: string, filter: JsonObject) => void;
  /** Paths below the API, in order, without the login. */
  log: string[];
  /** Lengths of the addresses. */
  lengths: number[];
  /** One run. Returns its state. */
  run(state?: Record<string, unknown>, options?: Partial<FetchPeopleOptions>): Promise<Run>;
  close(): Promise<void>;
}

export interface Run {
  data: FetchedPeopleBatch;
  report: Record<string, StepReport>;
  cursor?: { people?: PeopleCursor };
}

/** Starts a Go.Data behind a proxy. */
export async function startPeople({
  version = '2.50.3',
  seed = {},
  outbreak = {},
  user = {},
}: {
  version?: string;
  seed?: GoDataSeed;
  outbreak?: JsonObject;
  user?: JsonObject;
} = {}): Promise<PeopleServer> {
  const clock = { ms: Date.UTC(2026, 7, 19, 10) };
  const account = { email: 'integration@example.org', password: 'Integration-1!' };
  const goData = await startGoData({
    version,
    clock: () => new Date(clock.ms),
    // Tests move the clock by days.
    tokenTtlSeconds: 1e9,
    seed: {
      users: [{ id: 'user-1', ...account, ...user }],
      outbreaks: [{ id: OUTBREAK, name: 'Cholera', isContactLabResultsActive: true, ...outbreak }],
      ...referenceSeed({ GENDER: ['Male', 'Female'] }),
      ...seed,
    },
  });
  const proxy = createServer(async (request, response) => {
    const url = new URL(request.url!, goData.url);
    if (request.method === 'GET') {
      server.log.push(url.pathname.slice('/api'.length));
      server.lengths.push(request.url!.length);
      const filter = url.searchParams.get('filter');
      server.onRequest(url.pathname, filter ? JSON.parse(filter) : {});
    }
    const body = request.method === 'GET' ? undefined : Buffer.concat(await request.toArray());
    const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
    const headers = { authorization, 'content-type': type };
    // Pending requests that no test awaits fail when the server is closed.
    const answer = await fetch(url, { method: request.method, headers, body }).catch(() => {});
    if (!answer) return void response.destroy();
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
    if (answer.body) Readable.fromWeb(answer.body as never).pipe(response);
    else response.end();
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/api`;
  const server: PeopleServer = {
    goData,
    store: goData.store,
    clock,
    onRequest: () => {},
    log: [],
    lengths: [],
    run: async (state = {}, options = {}) => {
      const operation = fetchPeople({ outbreak: { id: OUTBREAK }, ...options });
      return throughJson(
        await operation({ configuration: { apiUrl, ...account }, ...state }),
      ) as Run;
    },
    close: async () => {
      proxy.closeAllConnections();
      await new Promise(resolve => proxy.close(resolve));
      await goData.close();
    },
  };
  return server;
}

/** Runs until there are no more changes. Each run begins where the last one ended. */
export async function drain(
  server: PeopleServer,
  people?: PeopleCursor,
  { batchSize, ...options }: Partial<FetchPeopleOptions> = {},
  state: Record<string, unknown> = {},
): Promise<{ batches: FetchedPeopleBatch[]; next: PeopleCursor }> {
  const batches: FetchedPeopleBatch[] = [];
  for (let next = people; ; ) {
    const cursor = next ? { cursor: { people: next } } : {};
    const { data } = await server.run({ ...state, ...cursor, batchSize }, options);
    batches.push(data);
    next = data.next;
    if (!data.more) return { batches, next };
  }
}

/** Ids of the people of batches, in the order in which they were passed on. */
export const idsOf = (...batches: FetchedPeopleBatch[]) =>
  batches.flatMap(({ people }) => people.map(({ id }) => id));

/** The records of a receiver who applied everything that was passed on. */
export function applied(batches: readonly FetchedPeopleBatch[], before = emptyReceiver()) {
  for (const { people, relationships } of batches) {
    for (const person of people) before.people.set(person.id, person);
    for (const one of relationships) {
      if (one.deleted) before.relationships.delete(one.id);
      else before.relationships.set(one.id, one);
    }
  }
  return before;
}

export function emptyReceiver() {
  return {
    people: new Map<string, OutbreakPerson>(),
    relationships: new Map<string, FetchedPeopleBatch['relationships'][number]>(),
  };
}

/** Records of people in a seed. */
export function aPerson(id: string, type: string, at: string, more: JsonObject = {}) {
  return { id, outbreakId: OUTBREAK, type, firstName: `Secretname ${id}`, ...stamps(at), ...more };
}

export function aRelated(id: string, personId: string, at: string, more: JsonObject = {}) {
  return { id, outbreakId: OUTBREAK, personId, ...stamps(at), ...more };
}

export function aLink(id: string, source: string, target: string, at: string, more = {}) {
  const persons = [
    { id: source, type: TYPE.case, source: true as const },
    { id: target, type: TYPE.contact, target: true as const },
  ];
  return { id, outbreakId: OUTBREAK, persons, active: true, ...stamps(at), ...more };
}

function stamps(at: string) {
  return { createdAt: at, createdBy: 'user-1', updatedAt: at, dbUpdatedAt: at, deleted: false };
}

/** A time of the server: some minutes after eight on 10 August. */
export const minute = (minutes: number) =>
  new Date(Date.UTC(2026, 7, 10, 8) + Math.round(minutes * 60_000)).toISOString();

/** States are passed between steps as JSON. */
function throughJson<T>(state: T): T {
  return JSON.parse(JSON.stringify(state));
}
