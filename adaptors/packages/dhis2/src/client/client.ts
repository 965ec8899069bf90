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
import { IntegrationError } from '#common/reporting/errors.js';
import type { StepReport } from '#common/reporting/report.js';
import { type Dhis2Configuration, readConfiguration } from './configuration.js';
import { listIn } from './list-in.js';
import { serverError } from './server-error.js';
import { readSystemInfo, type SystemInfo } from './system-info.js';

/** Options of the HTTP requests. Each has a default. */
export interface ClientOptions {
  /**
   * Milliseconds without an answer after which a request fails. Default 300,000: an import of 1,000
   * values can take half a minute (dhis2 FACTS §9).
   */
  timeoutMs?: number;
  /** When to repeat a failed request. */
  retry?: RetryPolicy;
}

type Query = NonNullable<ApiRequest['query']>;

/**
 * Client of a DHIS2 server, for the operations of this adaptor and for programs.
 *
 * @example
 * const client = new Dhis2Client({ hostUrl: 'https://dhis2.example.org', pat });
 * const { version } = await client.systemInfo();
 */
export class Dhis2Client {
  private readonly requester: Requester;
  private info: Promise<SystemInfo> | undefined;
  private knownVersion: string | undefined;

  /** @throws IntegrationError `INVALID_CREDENTIAL` when a field is missing or is not an address */
  constructor(configuration: Dhis2Configuration, options: ClientOptions = {}) {
    const { apiUrl, authorization } = readConfiguration(configuration);
    // With X-Requested-With the server answers 401 instead of its login page (FACTS §6).
    const headers = { Authorization: authorization, 'X-Requested-With': 'XMLHttpRequest' };
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS * 2.5;
    this.requester = createRequester(
      'DHIS2',
      { baseUrl: apiUrl, headers, timeoutMs },
      options.retry,
    );
  }

  /** Number of HTTP requests so far, with repeated ones. */
  get requests(): number {
    return this.requester.count;
  }

  /** What the report of a step says of its requests: their number, and the version if it was read. */
  get usage(): Pick<StepReport, 'requests' | 'server'> {
    const version = this.knownVersion;
    return {
      requests: this.requests,
      ...(version === undefined ? {} : { server: { system: 'DHIS2', version } }),
    };
  }

  /** Version, calendar and date of the server. Read once. */
  systemInfo(): Promise<SystemInfo> {
    this.info ??= this.readSystemInfo();
    return this.info;
  }

  private async readSystemInfo(): Promise<SystemInfo> {
    const info = readSystemInfo(await this.get<unknown>('/system/info'));
    this.knownVersion = info.version;
    return info;
  }

  /**
   * Reads a resource that is a JSON object, as nearly all resources of DHIS2 are.
   *
   * @param collect takes a part of the answer while it arrives
   * @throws IntegrationError for every status of 400 and above, and `UNEXPECTED_ANSWER` for an
   * answer that is not an object
   */
  async get<T>(
    path: string,
    query: Query = {},
    params: Record<string, string> = {},
    collect?: ApiRequest['collect'],
  ): Promise<T> {
    const body = await this.read(path, query, params, collect);
    if (!isJsonObject(body)) {
      throw unexpectedAnswer('DHIS2', { method: 'GET', path }, 'an object', body);
    }
    return body as T;
  }

  /**
   * Reads a list of metadata: all of it, unless the query asks for a part.
   *
   * @param path path of the collection, `/programs`
   * @throws IntegrationError for every status of 400 and above, `UNEXPECTED_ANSWER` for an answer
   * without the list, and `NOT_DHIS2` (configuration) if the server is none
   */
  async list<T>(path: string, query: Query = {}): Promise<T[]> {
    const body = await this.read(path, { paging: false, ...query });
    try {
      return listIn<T>(path, body);
    } catch (error) {
      const why = await this.systemInfo().catch((thrown: unknown) => thrown);
      throw why instanceof IntegrationError && why.code === 'NOT_DHIS2' ? why : error;
    }
  }

  /**
   * Reads a resource that may be a list or empty. Returns undefined when it is empty.
   *
   * @throws IntegrationError for every status of 400 and above
   */
  async read(
    path: string,
    query: Query = {},
    params: Record<string, string> = {},
    collect?: ApiRequest['collect'],
  ): Promise<unknown> {
    const request: ApiRequest = { method: 'GET', path, query, params, ...(collect && { collect }) };
    const answer = await this.send(request);
    const refusal = this.refusalOf(request, answer);
    if (refusal) throw refusal;
    return answer.body;
  }

  /** The error of a read that DHIS2 refused; undefined if it did not. */
  protected refusalOf(request: ApiRequest, answer: ApiAnswer): IntegrationError | undefined {
    return answer.status >= 400 ? serverError(request, answer) : undefined;
  }

  /**
   * Sends a request and returns the answer with any status: DHIS2 also reports the result of an
   * import with status 409 (dhis2 FACTS §0).
   */
  send(request: ApiRequest): Promise<ApiAnswer> {
    return this.requester.send(request);
  }
}
