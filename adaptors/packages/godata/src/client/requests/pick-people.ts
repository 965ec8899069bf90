import { type ApiRequest, createListReader, type ListReader } from '#common/http/index.js';
import { PERSON_MODELS, type PersonModel } from '../person-models.js';
import { type Filter, filterToQuery } from '../query/filter.js';
import { readKeysetPages } from '../query/paging.js';
import { isRecord } from '../records/assert-record.js';
import { missingPermission } from '../server-error.js';
import type { Session } from '../session/session.js';
import type { PeopleQuery, PersonRecord } from './people.js';
import { unexpected } from './read-list.js';

/** What is kept of a person, or why nothing can be: a reader must not throw. */
type Picked<T> = { id: string; value: T } | { id: ''; error: unknown };

/**
 * Reads people as `readPeople` does, and keeps of each of them what `pick` returns: while a page
 * arrives, so that no page is in memory as a whole.
 *
 * @param pick gets some people twice: those of a page that broke off, or that two pages share
 * @throws IntegrationError `MISSING_PERMISSION`, `UNEXPECTED_ANSWER`; what `pick` throws
 */
export async function* pickPeople<T>(
  session: Session,
  outbreakId: string,
  model: PersonModel,
  query: PeopleQuery,
  pick: (person: PersonRecord) => T,
): AsyncGenerator<T[]> {
  const path = `/outbreaks/{id}/${model}`;
  function pickPerson(element: unknown): Picked<T> {
    try {
      if (!isRecord(element)) throw unexpected(path, 'a list', []);
      const person = element as unknown as PersonRecord;
      if (person.deleted === undefined) {
        throw missingPermission([PERSON_MODELS[model].listPermission], { path });
      }
      return { id: person.id, value: pick(person) };
    } catch (error) {
      return { id: '', error };
    }
  }
  async function read(filter: Filter) {
    let reader: ListReader<Picked<T>>;
    const request: ApiRequest = {
      method: 'GET',
      path,
      params: { id: outbreakId },
      query: { filter: filterToQuery(filter) },
      collect: limit => {
        reader = createListReader(pickPerson, limit);
        return reader;
      },
    };
    const { body } = await session.send(request);
    if (!Array.isArray(body)) throw unexpected(path, 'a list', body);
    return reader!.pickRest(body).map(picked => {
      if ('error' in picked) throw picked.error;
      return picked;
    });
  }
  // The server sends `deleted` with every record, unless the account lacks the permission.
  const fields = [...new Set([...query.fields, 'id', 'deleted'])];
  for await (const page of readKeysetPages(read, { ...query, fields })) {
    yield page.map(({ value }) => value);
  }
}
