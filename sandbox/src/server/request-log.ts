/** One request as the log keeps it: no headers and no body, so neither a secret nor a person. */
export interface RequestEntry {
  /** Counts from 1, from the start of the server (a reset of the log does not restart it). */
  number: number;
  method: string;
  /** Method and path template: `GET /api/outbreaks/{id}/cases`; `GET (no route)` if none matched. */
  route: string;
  /** Path and query as sent, `access_token` blanked. */
  url: string;
  /** HTTP status of the answer; 0 while there is none, and for ever if the answer was withheld. */
  status: number;
  /** Kind of the fault that was played on this request. */
  fault?: string;
}

/** Decides which requests count as writes. */
export type IsWrite = (entry: Pick<RequestEntry, 'method' | 'route' | 'url'>) => boolean;

const MAX_ENTRIES = 10_000;
const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** A request that changes something, told by its method; a login is none. */
export const isWriteByMethod: IsWrite = ({ method, route }) =>
  WRITING.has(method) && !/\/(login|logout|oauth\/token)$/.test(route);

/**
 * What a server was asked: the counters are exact, the list of entries keeps the last 10,000.
 *
 * @example
 * expect(server.requests.byRoute()['GET /api/outbreaks/{id}/cases']).toBe(3);
 * expect(server.requests.writes()).toBe(0);
 */
export class RequestLog {
  readonly #isWrite: IsWrite;
  readonly #routes = new Map<string, number>();
  #entries: RequestEntry[] = [];
  #sequence = 0;
  #count = 0;
  #writes = 0;

  constructor(isWrite: IsWrite = isWriteByMethod) {
    this.#isWrite = isWrite;
  }

  /** The last entries, oldest first: at least the last 10,000 since the last reset. */
  get entries(): readonly RequestEntry[] {
    return this.#entries;
  }

  /** Requests since the start or the last reset. */
  count(): number {
    return this.#count;
  }

  /** Requests that change something, logins left out. */
  writes(): number {
    return this.#writes;
  }

  /** Requests by `METHOD /path/{template}`. */
  byRoute(): Record<string, number> {
    return Object.fromEntries(this.#routes);
  }

  /** Forgets everything but the running number. */
  reset(): void {
    this.#entries = [];
    this.#routes.clear();
    this.#count = 0;
    this.#writes = 0;
  }

  /** Notes a request when it arrives; the caller fills in the status of its answer. */
  add(request: Pick<RequestEntry, 'method' | 'route' | 'url'>): RequestEntry {
    this.#sequence += 1;
    const entry: RequestEntry = { number: this.#sequence, ...request, status: 0 };
    this.#entries.push(entry);
    // Cut in blocks: shifting one by one would cost as much as the request.
    if (this.#entries.length >= 2 * MAX_ENTRIES) this.#entries = this.#entries.slice(MAX_ENTRIES);
    this.#routes.set(entry.route, (this.#routes.get(entry.route) ?? 0) + 1);
    this.#count += 1;
    if (this.#isWrite(entry)) this.#writes += 1;
    return entry;
  }
}
