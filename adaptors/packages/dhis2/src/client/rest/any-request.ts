import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import { refusedRead } from '../refused-read.js';
import { keepPlace } from './keep-place.js';
import { refusal } from './refusal.js';
import { refuseGaps } from './refuse-gaps.js';
import { refuseFalseRehearsal } from './rehearsal.js';
import { bodyOf, type RestAccess, type RestRequest, sendRest, toApiRequest } from './request.js';

/** A request that a job wrote itself, and its answer. */
export interface Exchange {
  sent: ApiRequest;
  answer: ApiAnswer;
  /** The answer in the form that the request asks for. */
  body: unknown;
}

/**
 * Sends any request of a job.
 *
 * @throws IntegrationError for every status of 400 and above, `READ_INCOMPLETE`; and, before
 * anything is sent, for a dry run that would store and an org unit that would become a root
 */
export async function exchange(access: RestAccess, rest: RestRequest): Promise<Exchange> {
  if (rest.method !== 'GET') refuseFalseRehearsal(rest.path, rest.query);
  await keepPlace(access, rest);
  const answer = await sendRest(access, rest);
  const sent = toApiRequest(access, rest);
  const refused = refusedRead(sent, answer);
  if (refused) throw refused;
  if (answer.status >= 400) throw refusal(sent, answer);
  const body = bodyOf(answer, rest.parseAs);
  if (rest.method === 'GET') refuseGaps(rest.path, body);
  return { sent, answer, body };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** @throws IntegrationError `BAD_OPTION` (configuration) for any other method */
export function readMethod(given: unknown): RestRequest['method'] {
  const name = String(given).toUpperCase();
  const known = METHODS.find(candidate => candidate === name);
  if (!known) throw badOption('method', `must be one of ${METHODS.join(', ')}`);
  return known;
}
