/** One request in the log, without headers and body: no secret and no personal data. */
export interface RequestEntry {
  /** Counts from 1 from the start of the server; a reset of the log does not restart it. */
  number: number;
  method: string;
  /** Method and path template: `GET /api/outbreaks/{id}/cases`; `GET (no route)` if none matched. */
  route: string;
  /** Path and query as sent, without the value of `access_token`. */
  url: string;
  /** HTTP status of the answer; 0 until there is one, and permanently if the answer was withheld. */
  status: number;
  /** Kind of the fault that was played on this request. */
  fault?: string;
}

/** Decides which requests count as writes. */
export type IsWrite = (entry: Pick<RequestEntry, 'method' | 'route' | 'url'>) => boolean;

const MAX_ENTRIES = 10_000;
const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** A request that changes something, decided by its method; a login does not count. */
export const isWriteByMethod: IsWrite = ({ method, route }) =>
  WRITING.has(method) && !/\/(login|logout|oauth\/token)$/.test(route);

/**
 * The requests to a server. The counters are exact; the list of entries keeps the last 10,000.
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
  #inFlight = 0;
  #mostInFlight = 0;

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

  /** Most requests that were waiting for their answers at the same time. */
  mostInFlight(): number {
    return this.#mostInFlight;
  }

  /** Requests by `METHOD /path/{template}`. */
  byRoute(): Record<string, number> {
    return Object.fromEntries(this.#routes);
  }

  /** Forgets everything except the running number. */
  reset(): void {
    this.#entries = [];
    this.#routes.clear();
    this.#count = 0;
    this.#writes = 0;
    this.#mostInFlight = this.#inFlight;
  }

  /**
   * Logs a request when it arrives; the caller adds the status of its answer, and says when the
   * exchange has ended.
   */
  add(request: Pick<RequestEntry, 'method' | 'route' | 'url'>): RequestEntry {
    this.#sequence += 1;
    const entry: RequestEntry = { number: this.#sequence, ...request, status: 0 };
    this.#entries.push(entry);
    // Cut in blocks: to remove entries one by one would cost as much as the request.
    if (this.#entries.length >= 2 * MAX_ENTRIES) this.#entries = this.#entries.slice(MAX_ENTRIES);
    this.#routes.set(entry.route, (this.#routes.get(entry.route) ?? 0) + 1);
    this.#count += 1;
    if (this.#isWrite(entry)) this.#writes += 1;
    this.#inFlight += 1;
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#inFlight);
    return entry;
  }

  /** Notes that the exchange of a request has ended, answered or not. */
  end(): void {
    this.#inFlight -= 1;
  }
}
