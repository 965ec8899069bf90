import { isJsonObject } from '#common/http/index.js';
import { PERSON_MODELS, type PersonModel } from '../person-models.js';
import type { Filter, Where } from '../query/filter.js';
import { readKeysetPages } from '../query/paging.js';
import { missingPermission } from '../server-error.js';
import type { Session } from '../session/session.js';
import { readBody, readList, unexpected } from './read-list.js';

/** Properties of people that the operations of this adaptor read (FACTS §4). */
export interface PersonRecord {
  id: string;
  deleted?: boolean;
  age?: { years?: number | null; months?: number | null } | null;
  dob?: string | null;
  usualPlaceOfResidenceLocationId?: string | null;
  address?: { locationId?: string | null } | null;
  dateRanges?: { typeId?: string; startDate?: string | null; endDate?: string | null }[] | null;
  questionnaireAnswers?: Record<string, { value?: unknown; date?: string | null }[]> | null;
  [property: string]: unknown;
}

/** Which people to read, and which of their properties. */
export interface PeopleQuery {
  /** A Go.Data filter that the people must match. */
  where?: Where;
  /** Properties to read. `id` is always read. */
  fields: string[];
  /** Records in one request. */
  pageSize: number;
  /** About how many records match. The requests for several pages are then sent side by side. */
  expected?: number;
}

/** Counts the people of an outbreak that match a filter. */
export async function countPeople(
  session: Session,
  outbreakId: string,
  model: PersonModel,
  where?: Where,
): Promise<number> {
  const path = `/outbreaks/{id}/${model}/filtered-count`;
  const body = await readBody(session, path, { id: outbreakId }, { where: where ?? {} });
  if (!isJsonObject(body) || typeof body.count !== 'number') {
    throw unexpected(path, 'a count', body);
  }
  return body.count;
}

/**
 * Reads people page by page, in the order of their ids. A record that others add or change during
 * the read neither moves a page nor comes twice (FACTS §3, keyset paging).
 *
 * @throws IntegrationError `MISSING_PERMISSION`: without the permission the server answers with
 * bare ids instead of an error (FACTS §5.11)
 */
export async function* readPeople(
  session: Session,
  outbreakId: string,
  model: PersonModel,
  query: PeopleQuery,
): AsyncGenerator<PersonRecord[]> {
  const path = `/outbreaks/{id}/${model}`;
  // The server sends `deleted` with every record, unless the account lacks the permission.
  const fields = [...new Set([...query.fields, 'id', 'deleted'])];
  const read = (filter: Filter) =>
    readList<PersonRecord>(session, path, { id: outbreakId }, filter);
  for await (const page of readKeysetPages(read, { ...query, fields })) {
    if (page.some(person => person.deleted === undefined)) {
      throw missingPermission([PERSON_MODELS[model].listPermission], { path });
    }
    yield page;
  }
}
