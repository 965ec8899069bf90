import { IntegrationError } from '../../../../common/src/errors.js';
import type { ApiAnswer } from '../../../../common/src/http/index.js';
import { isJsonObject } from '../../../../common/src/http/index.js';
import { addToReport } from '../../../../common/src/operation.js';
import { MAX_LISTED, type State } from '../../../../common/src/report.js';
import { refusal } from '../rest/refusal.js';
import { type RestAccess, type RestRequest, sendRest, toApiRequest } from '../rest/request.js';
import { awaitSummary } from './background-import.js';
import { type ImportConflict, readImportSummary } from './import-summary.js';
import {
  chunkDataValues,
  type DataValueSet,
  mergeSummaries,
  type Summary,
} from './payload-chunks.js';

/** What came of an import of data values. */
export interface DataValueImport {
  /** The server's answer; of several requests the last one, with the sum of their summaries. */
  data: unknown;
  summary: Summary;
  answer: ApiAnswer;
}

/**
 * Imports data values as they are given, in parts where that changes nothing, in the background if
 * `async` is asked for: then the summary is waited for. Whatever the status, it is the summary that
 * tells (dhis2 FACTS §0).
 */
export async function importPayload(
  access: RestAccess,
  payload: DataValueSet,
  options: Pick<RestRequest, 'query' | 'apiVersion' | 'headers'>,
): Promise<DataValueImport> {
  const summaries: Summary[] = [];
  const chunks = chunkDataValues(payload, options.query);
  let answer: ApiAnswer | undefined;
  for (const data of chunks) {
    answer = await send(access, data, options);
    const awaited = await awaitSummary(access.client, answer);
    summaries.push(readSummary(answer, awaited));
  }
  const summary = mergeSummaries(
    summaries,
    chunks.map(({ dataValues }) => dataValues?.length ?? 0),
  );
  return { data: withSummary(answer!.body, summary), summary, answer: answer! };
}

async function send(
  access: RestAccess,
  data: DataValueSet,
  options: Pick<RestRequest, 'query' | 'apiVersion' | 'headers'>,
): Promise<ApiAnswer> {
  // Values are addressed by their cell: sending them twice stores them once (FACTS §1.5).
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
  return answer;
}

/** The summary stands inside a web message, or bare (FACTS §1.3). */
function findSummary(body: unknown): Summary | undefined {
  if (!isJsonObject(body)) return undefined;
  const { response } = body;
  if (isJsonObject(response) && isJsonObject(response.importCount)) return response as Summary;
  return isJsonObject(body.importCount) ? (body as Summary) : undefined;
}

function readSummary({ status, body }: ApiAnswer, awaited: unknown): Summary {
  const summary = findSummary(awaited) ?? findSummary(body);
  // Nothing is known of the import then: this throws.
  if (!summary) readImportSummary(status, body);
  return summary!;
}

function withSummary(body: unknown, summary: Summary): unknown {
  if (!isJsonObject(body)) return summary;
  return isJsonObject(body.response)
    ? { ...body, response: { ...body.response, ...summary } }
    : { ...body, ...summary };
}

/**
 * What an import means for a step: as for the tracker, nothing written is a failure, some of it a
 * report.
 *
 * @throws IntegrationError `IMPORT_REFUSED`
 */
export function reportDataValues(state: State, summary: Summary): State {
  const { imported = 0, updated = 0, ignored = 0, deleted = 0 } = summary.importCount ?? {};
  const { conflicts } = readImportSummary(200, summary);
  if (summary.status === 'ERROR' && imported + updated + deleted === 0) throw refused(conflicts);
  // A value that is the same already is ignored too, without a conflict (FACTS §0).
  if (conflicts.length === 0) return state;
  return addToReport(state, 'data-value-import', {
    created: imported,
    updated: updated + deleted,
    rejectedCount: ignored,
    rejected: conflicts.flatMap(toRejected).slice(0, MAX_LISTED),
  });
}

function toRejected({ code, message, indexes }: ImportConflict) {
  const places = indexes.length > 0 ? indexes : [''];
  return places.map(index => ({ kind: 'data value', id: String(index), code, message }));
}

function refused(conflicts: readonly ImportConflict[]): IntegrationError {
  const [first] = conflicts;
  return new IntegrationError({
    code: 'IMPORT_REFUSED',
    message: `DHIS2 takes none of the data values${first ? `: ${first.code}, ${first.message}` : '.'}`,
    fix: 'Correct what the conflicts name.',
    details: {
      system: 'DHIS2',
      conflicts: conflicts
        .slice(0, MAX_LISTED)
        .map(({ code, message, indexes }) => ({ code, message, indexes })),
    },
  });
}
