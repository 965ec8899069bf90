import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';

/**
 * The list in an answer about metadata. DHIS2 names it after its collection, and names it too if it
 * is empty (recording 052), so an answer without it is not DHIS2's: what looks like an empty list
 * there would count as deleted.
 *
 * @param path path of the collection, `/organisationUnits`
 * @throws IntegrationError `UNEXPECTED_ANSWER`
 */
export function listIn<T>(path: string, body: unknown): T[] {
  const name = path.split('/').at(-1)!;
  const list = isJsonObject(body) ? body[name] : undefined;
  if (Array.isArray(list) && list.every(isJsonObject)) return list as T[];
  throw unexpectedAnswer('DHIS2', { method: 'GET', path }, `a list "${name}"`, body);
}
