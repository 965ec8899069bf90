import {
  type ApiAnswer,
  createRequester,
  DEFAULT_TIMEOUT_MS,
  type Requester,
  type RetryPolicy,
} from '#common/http/index.js';
import type { StepReport } from '#common/reporting/report.js';
import { type GoDataConfiguration, readConfiguration } from './configuration.js';
import type { PersonModel } from './person-models.js';
import type { Where } from './query/filter.js';
import { createMaskReader, type ReadMask } from './records/masks.js';
import { OutbreakRecords } from './records/outbreak-records.js';
import { ServerRecords } from './records/server-records.js';
import { readLanguageTokens } from './requests/language-tokens.js';
import {
  importLocations,
  type Location,
  type LocationNode,
  readLocations,
  updateLocation,
} from './requests/locations.js';
import { getOutbreak, listOutbreaks, type Outbreak } from './requests/outbreaks.js';
import { countPeople, type PeopleQuery, type PersonRecord, readPeople } from './requests/people.js';
import { pickPeople } from './requests/pick-people.js';
import { exchangeRaw, type RawRequest, sendRaw } from './requests/raw-request.js';
import { createReferenceItem, updateReferenceItem } from './requests/reference-items.js';
import { readAccount, writeActiveOutbreak } from './session/account.js';
import type { Connection } from './session/connection.js';
import { createOutbreakVisit, type OutbreakVisit } from './session/outbreak-visit.js';
import { createOutbreakWriter, type OutbreakWriter } from './session/outbreak-writer.js';
import { createSession, type Session } from './session/session.js';
import type { Draft, LanguageToken, ReferenceDataRecord, UserRecord } from './types/index.js';

/** How the client sends its requests. Every option has a default. */
export interface ClientOptions {
  /** Time-out of a request, in milliseconds. Default 120,000. */
  timeoutMs?: number;
  /** How a failed request is repeated: the number of attempts, and the pauses. */
  retry?: RetryPolicy;
}

/**
 * A Go.Data server. The client logs in with its first request. It is the base of the operations of
 * this adaptor, and programs can use it too.
 *
 * @example
 * const client = new GoDataClient({ apiUrl: 'https://godata.example.org/api', email, password });
 * for (const { id, name } of await client.listOutbreaks()) console.log(id, name);
 */
export class GoDataClient {
  private readonly requester: Requester;
  private readonly session: Session;
  private writer: OutbreakWriter | undefined;
  private readMask: ReadMask | undefined;

  /**
   * @throws IntegrationError `INVALID_CREDENTIAL` when a field is missing or `apiUrl` is not an
   * address
   */
  constructor(configuration: GoDataConfiguration, options: ClientOptions = {}) {
    const checked = readConfiguration(configuration);
    this.requester = createRequester(
      'Go.Data',
      { baseUrl: checked.apiUrl, timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS },
      options.retry,
    );
    this.session = createSession(this.requester, checked);
  }

  /** A method, as is all that follows: a bundled job contains only those that it uses. */
  private get connection(): Connection {
    this.writer ??= createOutbreakWriter(this.session);
    return { session: this.session, writer: this.writer };
  }

  /** Number of HTTP requests sent so far, with logins and repeated requests. */
  get requests(): number {
    return this.requester.count;
  }

  /**
   * What the report of a step says of its requests. Go.Data does not tell its version to an
   * integration (FACTS §2.7); a login shows on which side of 2.47 it is.
   */
  get usage(): Pick<StepReport, 'requests' | 'server'> {
    const version = this.session.versionRange();
    return {
      requests: this.requests,
      ...(version === undefined ? {} : { server: { system: 'Go.Data', version } }),
    };
  }

  /**
   * The server's present, in milliseconds since 1970, as the `Date` header of its last answer tells
   * it; undefined if it does not.
   */
  get present(): number | undefined {
    return this.requester.present;
  }

  /**
   * Records that all outbreaks share: outbreaks, locations, reference data, teams, users,
   * languages.
   */
  get server(): ServerRecords {
    return new ServerRecords(this.connection);
  }

  /** The records of one outbreak, and the bulk requests for them. */
  outbreak(id: string): OutbreakRecords {
    this.readMask ??= createMaskReader(this.server.outbreaks);
    return new OutbreakRecords(this.connection, id, this.readMask);
  }

  /** The account that is logged in. */
  account(): Promise<UserRecord> {
    return readAccount(this.session);
  }

  /**
   * Whether the server sets `dbUpdatedAt` at every write (since 2.47). An incremental read needs
   * it.
   */
  hasDbUpdatedAt(): Promise<boolean> {
    return this.session.hasDbUpdatedAt();
  }

  /**
   * Makes an outbreak the account's active one; null means no outbreak. A write works without this
   * call, but many writes to one outbreak are faster after it.
   */
  setActiveOutbreak(id: string | null): Promise<void> {
    return writeActiveOutbreak(this.session, id);
  }

  /**
   * Begins to make other outbreaks the account's active one for a time. If the process is killed
   * before it ends, the former one is restored by the next run of a host that keeps notes.
   */
  async visitOutbreaks(): Promise<OutbreakVisit> {
    const account = await readAccount(this.session);
    return createOutbreakVisit(account, id => writeActiveOutbreak(this.session, id));
  }

  /** Labels in one language, for some tokens or for all. */
  languageTokens(languageId: string, tokens?: readonly string[]): Promise<LanguageToken[]> {
    return readLanguageTokens(this.session, languageId, tokens);
  }

  /**
   * Sends any other request of the API.
   *
   * @example
   * await client.request({ method: 'GET', path: `/outbreaks/${id}/cases/per-classification/count` });
   */
  async request(request: RawRequest): Promise<unknown> {
    return (await sendRaw(this.connection, request)).body;
  }

  /** Sends any other request of the API. Returns the answer whatever its status is. */
  exchange(request: RawRequest): Promise<ApiAnswer> {
    return exchangeRaw(this.connection, request);
  }

  /** Id and name of every outbreak that the account may see. */
  listOutbreaks(): Promise<Outbreak[]> {
    return listOutbreaks(this.session);
  }

  /**
   * Id and name of one outbreak.
   *
   * @throws IntegrationError `UNKNOWN_ID` (configuration) when no outbreak has this id
   */
  getOutbreak(id: string): Promise<Outbreak> {
    return getOutbreak(this.session, id);
  }

  /**
   * Counts the people of an outbreak that match a filter. No record is read for the count.
   *
   * @param model `cases`, `contacts`, `contacts-of-contacts` or `events`
   */
  countPeople(outbreakId: string, model: PersonModel, where?: Where): Promise<number> {
    return countPeople(this.session, outbreakId, model, where);
  }

  /**
   * Reads people page by page, in the order of their ids. A record that others add or change during
   * the read neither moves a page nor comes twice (FACTS §3, keyset paging).
   *
   * @throws IntegrationError `MISSING_PERMISSION`: without the permission the server answers with
   * bare ids instead of an error (FACTS §5.11)
   */
  people(
    outbreakId: string,
    model: PersonModel,
    query: PeopleQuery,
  ): AsyncGenerator<PersonRecord[]> {
    return readPeople(this.session, outbreakId, model, query);
  }

  /**
   * Reads people as `people` does, and keeps of each of them what `pick` returns. It is called while
   * a page arrives, so that memory never holds all people of a page.
   *
   * @param pick gets some people twice: those of a page that broke off, or that two pages share
   */
  pickPeople<T>(
    outbreakId: string,
    model: PersonModel,
    query: PeopleQuery,
    pick: (person: PersonRecord) => T,
  ): AsyncGenerator<T[]> {
    return pickPeople(this.session, outbreakId, model, query, pick);
  }

  /**
   * Reads all locations, page by page.
   *
   * @param fields properties to read; `id` is always read
   * @param options.pageSize locations in one request. Default 100,000, which is one request for any
   * country: Go.Data has no limit of its own (FACTS §3), and a location is small
   * @param options.withDeleted whether to read deleted locations too. Default false
   */
  locations(
    fields: (keyof Location)[] = ['name', 'parentLocationId', 'identifiers'],
    { pageSize = 100_000, withDeleted = false }: { pageSize?: number; withDeleted?: boolean } = {},
  ): AsyncGenerator<Location[]> {
    return readLocations(this.session, { fields, pageSize, withDeleted });
  }

  /**
   * Imports trees of locations: the only request that keeps the given ids (FACTS §6). A second
   * import of the same trees changes nothing.
   *
   * @returns the answer, whatever its status is: a refusal names the locations that caused it
   */
  importLocations(nodes: LocationNode[]): Promise<ApiAnswer> {
    return importLocations(this.session, nodes);
  }

  /** Changes some fields of a location. Returns the answer whatever its status is. */
  updateLocation(id: string, changes: Partial<Location>): Promise<ApiAnswer> {
    return updateLocation(this.session, id, changes);
  }

  /** Creates an item of reference data. Returns the answer whatever its status is. */
  createReferenceItem(data: Draft<ReferenceDataRecord>): Promise<ApiAnswer> {
    return createReferenceItem(this.session, data);
  }

  /**
   * Changes some fields of an item of reference data. Returns the answer whatever its status is.
   */
  updateReferenceItem(id: string, changes: Draft<ReferenceDataRecord>): Promise<ApiAnswer> {
    return updateReferenceItem(this.session, id, changes);
  }
}
