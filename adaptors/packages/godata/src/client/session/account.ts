import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import { filterToQuery } from '../query/filter.js';
import type { UserRecord } from '../types/index.js';
import type { Session } from './session.js';

const PATH = '/users/{id}';
/** Without a list of fields the server sends a tree of all permissions too (godata FACTS §1.3). */
const FIELDS = [
  'id',
  'email',
  'firstName',
  'lastName',
  'roleIds',
  'outbreakIds',
  'activeOutbreakId',
  'languageId',
];

/** Reads the account that is logged in. */
export async function readAccount(session: Session): Promise<UserRecord> {
  const { body } = await session.send({
    method: 'GET',
    path: PATH,
    params: { id: await session.accountId() },
    query: { filter: filterToQuery({ fields: FIELDS }) },
  });
  if (!isJsonObject(body) || typeof body.id !== 'string') {
    throw unexpectedAnswer('Go.Data', { method: 'GET', path: PATH }, 'an account', body);
  }
  return body as unknown as UserRecord;
}

/**
 * Makes an outbreak the account's active one; null means no outbreak. The server has no PUT for it
 * (FACTS §1.6).
 */
export async function writeActiveOutbreak(
  session: Session,
  activeOutbreakId: string | null,
): Promise<void> {
  await session.send({
    method: 'PATCH',
    path: PATH,
    params: { id: await session.accountId() },
    body: { activeOutbreakId },
    idempotent: true,
  });
}
