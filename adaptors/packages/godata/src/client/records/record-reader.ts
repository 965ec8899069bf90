import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import { type Filter, filterToQuery, type Where } from '../query/filter.js';
import { readKeysetPages } from '../query/paging.js';
import { type RecordQuery, resolveQuery } from '../query/record-query.js';
import { missingPermission } from '../server-error.js';
import type { Connection, PathParams } from '../session/connection.js';
import type { Stored } from '../types/index.js';
import { assertRecord, isRecord } from './assert-record.js';
import type { RecordSet } from './record-set.js';

/**
 * A set of records on the server, to read.
 *
 * @example
 * for await (const { id, name } of client.server.locations.all({ where: { active: true } })) console.log(id, name);
 */
export class RecordReader<T extends Stored> {
  protected readonly connection: Connection;
  protected readonly set: RecordSet;
  protected readonly params: PathParams;

  constructor(connection: Connection, set: RecordSet, params: PathParams = {}) {
    this.connection = connection;
    this.set = set;
    this.params = params;
  }

  /**
   * Reads page by page, in the order of ids. A record that others write during the read neither
   * moves a page nor comes twice (godata FACTS §3). A query with `order`, `limit` or `skip` is read
   * as one page.
   *
   * @throws IntegrationError `MISSING_PERMISSION`: without the permission the server answers with
   * bare ids instead of an error
   */
  async *pages(query: RecordQuery = {}): AsyncGenerator<T[]> {
    const { filter, isPart, ...paged } = resolveQuery(this.within(query));
    if (isPart) {
      yield this.check(await this.readList(filter));
      return;
    }
    const read = (page: Filter) => this.readList(page);
    const { idInOrder } = this.set;
    for await (const page of readKeysetPages(read, { ...filter, ...paged, idInOrder }))
      yield this.check(page);
  }

  /** Reads record by record. Each page is read when it is needed. */
  async *all(query: RecordQuery = {}): AsyncGenerator<T> {
    for await (const page of this.pages(query)) yield* page;
  }

  /** Reads all records into one list. */
  async list(query: RecordQuery = {}): Promise<T[]> {
    const records: T[] = [];
    for await (const page of this.pages(query)) for (const record of page) records.push(record);
    return records;
  }

  /** Counts the records. */
  async count(given: Where = {}): Promise<number> {
    const { path, by } = this.set.count;
    const { where = {} } = this.within({ where: given });
    const query =
      by === 'filter' ? { filter: filterToQuery({ where }) } : { where: JSON.stringify(where) };
    const { body } = await this.connection.session.send({
      method: 'GET',
      path,
      params: this.params,
      query,
    });
    if (isJsonObject(body) && typeof body.count === 'number') return body.count;
    throw unexpectedAnswer('Go.Data', { method: 'GET', path }, 'a count', body);
  }

  /**
   * Reads one record.
   *
   * @param fields properties to read; some sets ignore it
   * @throws IntegrationError `UNKNOWN_ID` (configuration) when no record has this id
   */
  async get(id: string, fields?: string[]): Promise<T> {
    const request = { method: 'GET', path: this.set.one } as const;
    const params = { ...this.params, recordId: id };
    const query = fields ? { filter: filterToQuery({ fields: ['id', ...fields] }) } : {};
    const { body } = await this.connection.session.send({ ...request, params, query });
    return readRecord<T>(request, body);
  }

  private within(query: RecordQuery): RecordQuery {
    if (!this.set.where) return query;
    return { ...query, where: { ...query.where, ...this.set.where } };
  }

  private async readList(filter: Filter): Promise<T[]> {
    const request = { method: 'GET', path: this.set.list } as const;
    const { body } = await this.connection.session.send({
      ...request,
      params: this.params,
      query: { filter: filterToQuery(filter) },
    });
    if (Array.isArray(body) && body.every(isRecord)) return body as unknown[] as T[];
    throw unexpectedAnswer('Go.Data', request, 'a list', body);
  }

  /**
   * The server sends `deleted` with every record, unless the account lacks the permission (§5.11).
   */
  private check(records: T[]): T[] {
    const { listPermission, list } = this.set;
    if (listPermission && records.some(record => record.deleted === undefined)) {
      throw missingPermission([listPermission], { path: list });
    }
    return records;
  }
}

/** @throws IntegrationError `UNEXPECTED_ANSWER` when the body is not a record */
export function readRecord<T extends Stored>(
  request: { method: 'GET' | 'POST' | 'PUT' | 'PATCH'; path: string },
  body: unknown,
): T {
  assertRecord(request, body);
  return body as unknown as T;
}
