import {
  type ApiAnswer,
  type ApiRequest,
  createRequester,
  DEFAULT_TIMEOUT_MS,
  isJsonObject,
  type Requester,
  type RetryPolicy,
  unexpectedAnswer,
} from '#common/http/index.js';
import { type Dhis2Configuration, readConfiguration } from './configuration.js';
import { refusedRead } from './refused-read.js';
import { serverError } from './server-error.js';
import { readSystemInfo, type SystemInfo } from './system-info.js';

/** How a client behaves on the wire; every value has a default. */
export interface ClientOptions {
  /** Milliseconds without an answer before a request counts as failed. Default 300,000: an import of
   * 1,000 values can take half a minute (dhis2 FACTS §9). */
  timeoutMs?: number;
  /** Patience with failing requests. */
  retry?: RetryPolicy;
}

type Query = NonNullable<ApiRequest['query']>;

/**
 * A DHIS2 server. For programs as well as for the operations of this adaptor.
 *
 * @example
 * const client = new Dhis2Client({ hostUrl: 'https://dhis2.example.org', pat });
 * const { version } = await client.systemInfo();
 */
export class Dhis2Client {
  readonly #requester: Requester;
  readonly #authorization: string;
  #systemInfo: Promise<SystemInfo> | undefined;

  /** @throws IntegrationError `INVALID_CREDENTIAL` when a field is missing or no address */
  constructor(configuration: Dhis2Configuration, options: ClientOptions = {}) {
    const { apiUrl, authorization } = readConfiguration(configuration);
    this.#authorization = authorization;
    this.#requester = createRequester(
      'DHIS2',
      { baseUrl: apiUrl, timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS * 2.5 },
      options.retry,
    );
  }

  /** HTTP requests made so far, repeated ones included. */
  get requests(): number {
    return this.#requester.count;
  }

  /** Version, calendar and clock of the server, read once. */
  systemInfo(): Promise<SystemInfo> {
    this.#systemInfo ??= this.get<unknown>('/system/info').then(readSystemInfo);
    return this.#systemInfo;
  }

  /**
   * Reads one resource, an object as nearly all of DHIS2's are.
   *
   * @throws IntegrationError for every status of 400 and above, and `UNEXPECTED_ANSWER` for whatever
   * is no object
   */
  async get<T>(path: string, query: Query = {}, params: Record<string, string> = {}): Promise<T> {
    const body = await this.read(path, query, params);
    if (!isJsonObject(body)) {
      throw unexpectedAnswer('DHIS2', { method: 'GET', path }, 'an object', body);
    }
    return body as T;
  }

  /**
   * Reads one resource that may be a list, or empty, in its right form: undefined when it is empty.
   *
   * @throws IntegrationError for every status of 400 and above
   */
  async read(
    path: string,
    query: Query = {},
    params: Record<string, string> = {},
  ): Promise<unknown> {
    const request: ApiRequest = { method: 'GET', path, query, params };
    const answer = await this.send(request);
    const refused = refusedRead(request, answer);
    if (refused) throw refused;
    if (answer.status >= 400) throw serverError(request, answer);
    return answer.body;
  }

  /**
   * Sends a request and gives its answer whatever the status: DHIS2 reports the fate of an import
   * with 409 (dhis2 FACTS §0).
   *
   * X-Requested-With makes the server say 401 where it would else send its login page (FACTS §6).
   */
  send(request: ApiRequest): Promise<ApiAnswer> {
    return this.#requester.send({
      ...request,
      headers: {
        ...request.headers,
        Authorization: this.#authorization,
        'X-Requested-With': 'XMLHttpRequest',
      },
    });
  }
}
