import { type ApiAnswer, isJsonObject } from '#common/http/index.js';
import { refusal } from '../../client/rest/refusal.js';
import {
  type RestAccess,
  type RestRequest,
  sendRest,
  toApiRequest,
} from '../../client/rest/request.js';
import { awaitSummary } from '../import/background-import.js';
import { readImportSummary } from '../import/import-summary.js';
import type { DataValueSet, Summary } from './payload-chunks.js';

/** Options of a request that imports data values. */
export type SendOptions = Pick<RestRequest, 'query' | 'apiVersion' | 'headers'>;

/**
 * Sends data values in one request and waits for a background job. With any status, only the
 * summary shows the result (dhis2 FACTS §0).
 *
 * @throws IntegrationError when there is no summary
 */
export async function sendValues(
  access: RestAccess,
  data: DataValueSet,
  options: SendOptions,
): Promise<{ answer: ApiAnswer; summary: Summary }> {
  // Values are addressed by their cell, so sending them twice stores them once (FACTS §1.5).
  const request: RestRequest = {
    ...options,
    method: 'POST',
    path: 'dataValueSets',
    data,
    idempotent: true,
  };
  const answer = await sendRest(access, request);
  if (answer.status >= 400 && findSummary(answer.body) === undefined) {
    throw refusal(toApiRequest(access, request), answer);
  }
  const summary =
    findSummary(await awaitSummary(access.client, answer)) ?? findSummary(answer.body);
  // There is no result: throw the error for this answer.
  if (!summary) readImportSummary(answer.status, answer.body);
  return { answer, summary: summary! };
}

/** Reads the summary, which stands inside a web message or alone (FACTS §1.3). */
function findSummary(body: unknown): Summary | undefined {
  if (!isJsonObject(body)) return undefined;
  const { response } = body;
  if (isJsonObject(response) && isJsonObject(response.importCount)) return response as Summary;
  return isJsonObject(body.importCount) ? (body as Summary) : undefined;
}

/** Replaces the summary in an answer. */
export function withSummary(body: unknown, summary: Summary): unknown {
  if (!isJsonObject(body)) return summary;
  return isJsonObject(body.response)
    ? { ...body, response: { ...body.response, ...summary } }
    : { ...body, ...summary };
}
