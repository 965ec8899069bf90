import {
  type ApiAnswer,
  createRequester,
  DEFAULT_TIMEOUT_MS,
  isJsonObject,
  multipart,
  type Requester,
  type RetryPolicy,
  unexpectedAnswer,
} from '#common/http/index.js';
import { readAccount, writeActiveOutbreak } from './account.js';
import { createOutbreakWriter } from './active-outbreak.js';
import { type GoDataConfiguration, readConfiguration } from './configuration.js';
import { type Filter, filterToQuery, type Where } from './filter.js';
import { readLanguageTokens } from './languages.js';
import {
  type Location,
  type LocationNode,
  type Outbreak,
  PERSON_MODELS,
  type PersonModel,
  type PersonRecord,
} from './models.js';
import { readKeysetPages } from './paging.js';
import type { Connection } from './records/connection.js';
import { createMaskReader, type ReadMask } from './records/masks.js';
import { createOutbreakRecords, type OutbreakRecords } from './records/outbreak-records.js';
import { createServerRecords, type ServerRecords } from './records/server-records.js';
import { exchangeRaw, type RawRequest, sendRaw } from './request.js';
import { missingPermission } from './server-error.js';
import { createSession, type Session } from './session.js';
import type { Draft, LanguageToken, ReferenceDataRecord, UserRecord } from './types/index.js';

/** An import works record by record, several a second (FACTS §6). */
const IMPORT_TIMEOUT_MS = 900_000;

/** How a client behaves on the wire; every value has a default. */
export interface ClientOptions {
  /** Milliseconds without an answer before a request counts as failed. Default 120,000. */
  timeoutMs?: number;
  /** Patience with failing requests. */
  retry?: RetryPolicy;
}

/** What to read of a set of people. */
export interface PeopleQuery {
  /** A Go.Data filter that they must match besides. */
  where?: Where;
  /** Properties to ask for; `id` always comes. */
  fields: string[];
  /** Records a request. */
  pageSize: number;
}

/**
 * A Go.Data server, logged in on first use. For programs as well as for the operations of this
 * adaptor.
 *
 * @example
 * const client = new GoDataClient({ apiUrl: 'https://godata.example.org/api', email, password });
 * for (const { id, name } of await client.listOutbreaks()) console.log(id, name);
 */
export class GoDataClient {
  /** Records that all outbreaks share: outbreaks, locations, reference data, teams, users, languages. */
  readonly server: ServerRecords;
  readonly #requester: Requester;
  readonly #session: Session;
  readonly #connection: Connection;
  readonly #readMask: ReadMask;

  /** @throws IntegrationError `INVALID_CREDENTIAL` when a field is missing or no address */
  constructor(configuration: GoDataConfiguration, options: ClientOptions = {}) {
    const checked = readConfiguration(configuration);
    this.#requester = createRequester(
      'Go.Data',
      { baseUrl: checked.apiUrl, timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS },
      options.retry,
    );
    this.#session = createSession(this.#requester, checked);
    this.#connection = { session: this.#session, writer: createOutbreakWriter(this.#session) };
    this.server = createServerRecords(this.#connection);
    this.#readMask = createMaskReader(this.server.outbreaks);
  }

  /** HTTP requests made so far: logins and repeated requests included. */
  get requests(): number {
    return this.#requester.count;
  }

  /** The records of one outbreak, and what is done with many of them at once. */
  outbreak(id: string): OutbreakRecords {
    return createOutbreakRecords(this.#connection, id, this.#readMask);
  }

  /** The account that is logged in. */
  account(): Promise<UserRecord> {
    return readAccount(this.#session);
  }

  /**
   * Whether the server stamps every write with `dbUpdatedAt` (since 2.47): what an incremental read
   * goes by.
   */
  hasDbUpdatedAt(): Promise<boolean> {
    return this.#session.hasDbUpdatedAt();
  }

  /**
   * Makes an outbreak the account's active one, or with null none. Writing needs no such call; many
   * writes to one outbreak are faster after it.
   */
  setActiveOutbreak(id: string | null): Promise<void> {
    return writeActiveOutbreak(this.#session, id);
  }

  /** Labels in a language, of some tokens or of all. */
  languageTokens(languageId: string, tokens?: readonly string[]): Promise<LanguageToken[]> {
    return readLanguageTokens(this.#session, languageId, tokens);
  }

  /**
   * Anything else that the API can do.
   *
   * @example
   * await client.request({ method: 'GET', path: `/outbreaks/${id}/cases/per-classification/count` });
   */
  async request(request: RawRequest): Promise<unknown> {
    return (await sendRaw(this.#connection, request)).body;
  }

  /** The same, with the answer whatever its status. */
  exchange(request: RawRequest): Promise<ApiAnswer> {
    return exchangeRaw(this.#connection, request);
  }

  /** Id and name of every outbreak that the account may see. */
  async listOutbreaks(): Promise<Outbreak[]> {
    return this.#list<Outbreak>('/outbreaks', {}, { fields: ['id', 'name'] });
  }

  /**
   * Id and name of one outbreak.
   *
   * @throws IntegrationError `UNKNOWN_ID` (configuration) when there is none with this id
   */
  async getOutbreak(id: string): Promise<Outbreak> {
    const path = '/outbreaks/{id}';
    const body = await this.#get(path, { id }, { fields: ['id', 'name'] });
    if (!isJsonObject(body) || typeof body.name !== 'string') {
      throw unexpected(path, 'an outbreak', body);
    }
    return { id, name: body.name };
  }

  /**
   * How many people of an outbreak match. The count reads no record.
   *
   * @param model `cases`, `contacts`, `contacts-of-contacts` or `events`
   */
  async countPeople(outbreakId: string, model: PersonModel, where?: Where): Promise<number> {
    const path = `/outbreaks/{id}/${model}/filtered-count`;
    const body = await this.#get(path, { id: outbreakId }, { where: where ?? {} });
    if (!isJsonObject(body) || typeof body.count !== 'number') {
      throw unexpected(path, 'a count', body);
    }
    return body.count;
  }

  /**
   * Reads people page by page, in the order of their ids: a record that others add or change
   * meanwhile neither shifts a page nor comes twice (FACTS §3, keyset paging).
   *
   * @throws IntegrationError `MISSING_PERMISSION`: without it the server answers with bare ids
   * instead of an error (FACTS §5.11)
   */
  async *people(
    outbreakId: string,
    model: PersonModel,
    query: PeopleQuery,
  ): AsyncGenerator<PersonRecord[]> {
    const path = `/outbreaks/{id}/${model}`;
    // Every record has `deleted`; one without it was stripped for want of the permission.
    const fields = [...new Set([...query.fields, 'id', 'deleted'])];
    const read = (filter: Filter) => this.#list<PersonRecord>(path, { id: outbreakId }, filter);
    for await (const page of readKeysetPages(read, { ...query, fields })) {
      if (page.some(person => person.deleted === undefined)) {
        throw missingPermission([PERSON_MODELS[model].listPermission], { path });
      }
      yield page;
    }
  }

  /**
   * Every location, page by page.
   *
   * @param fields properties to ask for; `id` always comes
   * @param options.pageSize locations a request. Default 100,000, which is one request for any
   * country: Go.Data has no limit of its own (FACTS §3), and a location is small
   * @param options.withDeleted deleted ones too. Default false
   */
  locations(
    fields: (keyof Location)[] = ['name', 'parentLocationId', 'identifiers'],
    { pageSize = 100_000, withDeleted = false }: { pageSize?: number; withDeleted?: boolean } = {},
  ): AsyncGenerator<Location[]> {
    return readKeysetPages(filter => this.#list<Location>('/locations', {}, filter), {
      fields: ['id', ...fields.filter(field => field !== 'id')],
      pageSize,
      ...(withDeleted ? { deleted: true } : {}),
    });
  }

  /**
   * Imports trees of locations, the one way that honours their ids (FACTS §6). Sent twice it does no
   * more than once.
   *
   * @returns the answer, whatever its status: a refusal says which locations are to blame
   */
  importLocations(nodes: LocationNode[]): Promise<ApiAnswer> {
    return this.#session.exchange({
      method: 'POST',
      path: '/locations/import',
      content: multipart([
        { name: 'file', fileName: 'locations.json', data: JSON.stringify(nodes) },
      ]),
      timeoutMs: IMPORT_TIMEOUT_MS,
      idempotent: true,
    });
  }

  /** Changes some fields of a location; gives the answer whatever its status. */
  updateLocation(id: string, changes: Partial<Location>): Promise<ApiAnswer> {
    return this.#session.exchange({
      method: 'PUT',
      path: '/locations/{id}',
      params: { id },
      body: changes,
      idempotent: true,
    });
  }

  /** Creates an item of reference data; gives the answer whatever its status. */
  createReferenceItem(data: Draft<ReferenceDataRecord>): Promise<ApiAnswer> {
    // Sent twice, the second one is refused: its id is made of its label (FACTS §2.7).
    return this.#session.exchange({
      method: 'POST',
      path: '/reference-data',
      body: data,
      idempotent: true,
    });
  }

  /** Changes some fields of an item of reference data; gives the answer whatever its status. */
  updateReferenceItem(id: string, changes: Draft<ReferenceDataRecord>): Promise<ApiAnswer> {
    return this.#session.exchange({
      method: 'PUT',
      path: '/reference-data/{id}',
      params: { id },
      body: changes,
      idempotent: true,
    });
  }

  async #list<T>(path: string, params: Record<string, string>, filter: Filter): Promise<T[]> {
    const body = await this.#get(path, params, filter);
    if (!Array.isArray(body) || !body.every(hasId)) throw unexpected(path, 'a list', body);
    return body as T[];
  }

  async #get(path: string, params: Record<string, string>, filter: Filter): Promise<unknown> {
    const answer = await this.#session.send({
      method: 'GET',
      path,
      params,
      query: { filter: filterToQuery(filter) },
    });
    return answer.body;
  }
}

function hasId(record: unknown): boolean {
  return isJsonObject(record) && typeof record.id === 'string';
}

function unexpected(path: string, expected: string, body: unknown) {
  return unexpectedAnswer('Go.Data', { method: 'GET', path }, expected, body);
}
