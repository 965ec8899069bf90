import { isJsonObject } from '#common/http/index.js';
import type { Session } from '../session/session.js';
import { readBody, readList, unexpected } from './read-list.js';

/** Id and name of an outbreak, and when it was created. */
export interface Outbreak {
  id: string;
  name: string;
  /** ISO 8601. */
  createdAt?: string;
}

const PATH = '/outbreaks';
const FIELDS = ['id', 'name', 'createdAt'];

/** Reads id, name and creation time of every outbreak that the account may see. */
export function listOutbreaks(session: Session): Promise<Outbreak[]> {
  return readList<Outbreak>(session, PATH, {}, { fields: FIELDS });
}

/**
 * Reads id, name and creation time of one outbreak.
 *
 * @throws IntegrationError `UNKNOWN_ID` (configuration) when no outbreak has this id
 */
export async function getOutbreak(session: Session, id: string): Promise<Outbreak> {
  const path = `${PATH}/{id}`;
  const body = await readBody(session, path, { id }, { fields: FIELDS });
  if (!isJsonObject(body) || typeof body.name !== 'string') {
    throw unexpected(path, 'an outbreak', body);
  }
  const { name, createdAt } = body;
  return { id, name, ...(typeof createdAt === 'string' ? { createdAt } : {}) };
}
