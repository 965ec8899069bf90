import type { ApiAnswer } from '#common/http/index.js';
import type { State } from '#common/reporting/report.js';
import { keepPlace } from '../client/rest/keep-place.js';
import { refusal } from '../client/rest/refusal.js';
import { refuseFalseRehearsal, toRehearsal } from '../client/rest/rehearsal.js';
import {
  bodyOf,
  type RestAccess,
  type RestRequest,
  sendRest,
  toApiRequest,
} from '../client/rest/request.js';
import { checkParameters } from '../data-values/payload/check-parameters.js';
import type { DataValueImport } from '../data-values/payload/data-value-import.js';
import { importPayload } from '../data-values/payload/import-payload.js';
import { reportDataValues } from '../data-values/payload/import-report.js';
import type { DataValueSet } from '../data-values/payload/payload-chunks.js';
import { importTracker } from '../tracker/import/import.js';
import { reportImport } from '../tracker/import/outcome.js';
import type { Kind, Strategy, TrackerObject } from '../tracker/import/payload.js';

/** The result of a write: the state with its report, and the answer of the server. */
export interface Written {
  state: State;
  data: unknown;
}

type WriteOptions = Pick<RestRequest, 'query' | 'headers' | 'apiVersion'>;

/** Writes tracker objects. DHIS2 accepts them only as an import (dhis2 FACTS §4.1). */
export async function writeTracker(
  state: State,
  access: RestAccess,
  strategy: Strategy,
  [kind, objects]: [Kind, TrackerObject | TrackerObject[]],
  { query = {}, apiVersion, headers }: WriteOptions,
): Promise<Written> {
  const { async: inBackground, ...others } = query;
  const parameters = toRehearsal('tracker', others);
  const payload = { [kind]: [objects].flat() };
  const { report } = await importTracker(access, strategy, payload, {
    query: parameters,
    async: String(inBackground) === 'true',
    apiVersion,
    headers,
  });
  return { state: reportImport(state, payload, report, parameters), data: report };
}

/** Imports data values. */
export async function writeDataValues(
  state: State,
  access: RestAccess,
  payload: DataValueSet,
  options: WriteOptions,
): Promise<Written & Pick<DataValueImport, 'answer'>> {
  await checkParameters(access.client, options.query);
  const outcome = await importPayload(access, payload, options);
  const { data, answer } = outcome;
  return { state: reportDataValues(state, outcome, payload), data, answer };
}

/**
 * Writes objects other than tracker objects and data values.
 *
 * @throws IntegrationError for every status of 400 and above; and, before anything is sent, for a
 * dry run that would store and an org unit that would become a root
 */
export async function writeRest(access: RestAccess, request: RestRequest): Promise<ApiAnswer> {
  refuseFalseRehearsal(request.path, request.query);
  await keepPlace(access, request);
  const answer = await sendRest(access, request);
  if (answer.status >= 400) throw refusal(toApiRequest(access, request), answer);
  return { ...answer, body: bodyOf(answer, request.parseAs) };
}
