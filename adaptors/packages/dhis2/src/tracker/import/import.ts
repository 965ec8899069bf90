import type { ApiAnswer } from '#common/http/index.js';
import { unexpectedAnswer } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import { awaitJob } from '../../client/background-job.js';
import { refusal } from '../../client/rest/refusal.js';
import {
  type RestAccess,
  type RestRequest,
  sendRest,
  toApiRequest,
} from '../../client/rest/request.js';
import { serverError } from '../../client/server-error.js';
import { readWebMessage } from '../../client/web-message.js';
import { chunkPayload } from './chunks.js';
import { isRepeatable, type Strategy, type TrackerPayload } from './payload.js';
import { type ImportReport, mergeReports, readImportReport } from './report.js';

/** Options of an import. */
export interface ImportOptions extends Pick<RestRequest, 'apiVersion' | 'headers'> {
  /** Let the server import in the background, and wait for it. Default false. */
  async?: boolean;
  /** Objects in one request, nested ones counted. Default 500 (dhis2 FACTS §9). */
  chunkSize?: number;
  /**
   * Parameters of the import: `atomicMode`, `importMode`, `idScheme`... `reportMode` is `WARNINGS`
   * by default here, because DHIS2 by default reports only errors (dhis2 LIVE 199).
   */
  query?: Record<string, unknown>;
}

/** The result of an import, and the last answer, for its headers. */
export interface TrackerImport {
  report: ImportReport;
  answer: ApiAnswer;
  /** The parameters of the requests. */
  query: Record<string, unknown>;
  requests: number;
}

const CHUNK_SIZE = 500;

const REPORT_MODE = 'WARNINGS';

/**
 * Imports into the tracker, in parts of a size that the server can handle. With `atomicMode: 'ALL'`
 * everything is sent in one request, because parts could not be all or nothing.
 */
export async function importTracker(
  access: RestAccess,
  strategy: Strategy,
  payload: TrackerPayload,
  options: ImportOptions = {},
): Promise<TrackerImport> {
  const { chunkSize = CHUNK_SIZE, query: given = {}, async: inBackground = false } = options;
  if (!Number.isInteger(chunkSize) || chunkSize < 1) {
    throw badOption('chunkSize', 'must be a whole number above 0');
  }
  // The mode of the report is always sent: the default changed between versions, and the
  // documentation did not (FACTS §4.1).
  const query = {
    reportMode: REPORT_MODE,
    ...given,
    async: inBackground,
    importStrategy: strategy,
  };
  const isWhole = given.atomicMode === 'ALL';
  const chunks = isWhole ? [payload] : chunkPayload(payload, strategy, chunkSize);
  const reports: ImportReport[] = [];
  let answer: ApiAnswer | undefined;
  for (const chunk of chunks) {
    const isSafe = isRepeatable(strategy, chunk);
    answer = await sendChunk(access, chunk, { ...options, query, idempotent: isSafe });
    reports.push(await readReport(access, answer, options));
  }
  return { report: mergeReports(reports), answer: answer!, query, requests: chunks.length };
}

async function sendChunk(
  access: RestAccess,
  data: TrackerPayload,
  { query, apiVersion, headers, idempotent }: Omit<RestRequest, 'method' | 'path' | 'data'>,
): Promise<ApiAnswer> {
  const request: RestRequest = {
    method: 'POST',
    path: 'tracker',
    query,
    data,
    apiVersion,
    headers,
    idempotent,
  };
  const answer = await sendRest(access, request);
  // A report may come with status 409.
  if (answer.status >= 400 && !readImportReport(answer.body)) {
    throw refusal(toApiRequest(access, request), answer);
  }
  return answer;
}

const REPORT = '/tracker/jobs/{id}/report';

/** The report of an import; waits for it if the import runs in the background. */
async function readReport(
  { client }: RestAccess,
  { body }: ApiAnswer,
  { query }: ImportOptions,
): Promise<ImportReport> {
  const told = readImportReport(body);
  if (told) return told;
  const { response } = readWebMessage(body);
  if (typeof response.id !== 'string') {
    throw unexpectedAnswer('DHIS2', { method: 'POST', path: '/tracker' }, 'a report', body);
  }
  const params = { id: response.id };
  const reportMode = String(query?.reportMode ?? REPORT_MODE);
  const outcome = await awaitJob(client, {
    progress: '/tracker/jobs/{id}',
    params,
    readOutcome: async () => {
      const request = { method: 'GET', path: REPORT, params, query: { reportMode } } as const;
      const answer = await client.send(request);
      // There is no report until it is ready.
      if (answer.status === 404) return undefined;
      if (answer.status >= 400 && !readImportReport(answer.body))
        throw serverError(request, answer);
      return answer.body;
    },
  });
  const report = readImportReport(outcome);
  if (!report) {
    throw unexpectedAnswer('DHIS2', { method: 'GET', path: REPORT }, 'a report', outcome);
  }
  // The answer to the start stays readable: old jobs follow the import by its id.
  return { ...report, response };
}
