import type { ApiAnswer } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import { type OnRejectedOption, readOnRejected } from '#common/reporting/on-rejected.js';
import type { State } from '#common/reporting/report.js';
import { keepPlace } from '../client/rest/keep-place.js';
import { refusal } from '../client/rest/refusal.js';
import { readDryRun, refuseFalseRehearsal, toRehearsal } from '../client/rest/rehearsal.js';
import {
  bodyOf,
  type RequestOptions,
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

type WriteOptions = OnRejectedOption & Pick<RestRequest, 'query' | 'headers' | 'apiVersion'>;

/** Options of a request that writes. */
export interface WritingOptions extends RequestOptions {
  /**
   * Of tracker objects, data values and registrations of completeness, which DHIS2 may store in
   * part: what refused ones do to the step. Default `report`.
   */
  onRejected?: OnRejectedOption['onRejected'];
}

/** Writes tracker objects. DHIS2 accepts them only as an import (dhis2 FACTS §4.1). */
export async function writeTracker(
  state: State,
  access: RestAccess,
  strategy: Strategy,
  [kind, objects]: [Kind, TrackerObject | TrackerObject[]],
  { query = {}, apiVersion, headers, onRejected: given }: WriteOptions,
): Promise<Written> {
  const onRejected = readOnRejected({ onRejected: given });
  const { async: inBackground, ...others } = query;
  const parameters = toRehearsal('tracker', others);
  const payload = { [kind]: [objects].flat() };
  const { report } = await importTracker(access, strategy, payload, {
    query: parameters,
    async: String(inBackground) === 'true',
    apiVersion,
    headers,
  });
  return { state: reportImport(state, payload, report, parameters, onRejected), data: report };
}

/** Imports data values. */
export async function writeDataValues(
  state: State,
  access: RestAccess,
  payload: DataValueSet,
  { onRejected: given, ...options }: WriteOptions,
): Promise<Written & Pick<DataValueImport, 'answer'>> {
  const isRehearsal = options.query !== undefined && readDryRun(options.query);
  const onRejected = readOnRejected({ onRejected: given });
  await checkParameters(access.client, options.query);
  const outcome = await importPayload(access, payload, options);
  const { data, answer } = outcome;
  const judged = isRehearsal ? 'report' : onRejected;
  return { state: reportDataValues(state, outcome, payload, judged), data, answer };
}

/**
 * Writes objects other than tracker objects and data values.
 *
 * @throws IntegrationError for every status of 400 and above; and, before anything is sent, for a
 * dry run that would store, an org unit that would become a root, and the option `onRejected`
 */
export async function writeRest(
  access: RestAccess,
  { onRejected, ...request }: RestRequest & OnRejectedOption,
): Promise<ApiAnswer> {
  if (onRejected !== undefined) {
    throw badOption(
      'onRejected',
      'is for what DHIS2 stores in part: tracker objects, dataValueSets and completeDataSetRegistrations',
      'Remove it: here the operation fails if DHIS2 refuses anything.',
    );
  }
  refuseFalseRehearsal(request.path, request.query);
  await keepPlace(access, request);
  const answer = await sendRest(access, request);
  if (answer.status >= 400) throw refusal(toApiRequest(access, request), answer);
  return { ...answer, body: bodyOf(answer, request.parseAs) };
}
