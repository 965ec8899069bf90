import { type ApiAnswer, isJsonObject } from '#common/http/index.js';
import { addToReport } from '#common/operations/operation.js';
import { parsePeriod } from '#common/periods/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import {
  type OnRejected,
  type OnRejectedOption,
  readOnRejected,
} from '#common/reporting/on-rejected.js';
import { MAX_LISTED, type Rejected, type State } from '#common/reporting/report.js';
import { refusal } from '../../client/rest/refusal.js';
import {
  type RestAccess,
  type RestRequest,
  sendRest,
  toApiRequest,
} from '../../client/rest/request.js';
import { awaitSummary } from '../import/background-import.js';
import {
  findRegistrationSummary,
  type RegistrationSummary,
  sendRegistrations,
} from '../import/send-registrations.js';

const LIST = 'completeDataSetRegistrations';

type RegistrationOptions = OnRejectedOption & Pick<RestRequest, 'query' | 'headers' | 'apiVersion'>;

const REFUSED = 'DHIS2 refuses it; the log of the server says why';
/** What DHIS2 says about registrations (dhis2 LIVE 187), and our words for it: it names the account. */
const REASONS: readonly (readonly [says: RegExp, words: string])[] = [
  [/^Data set not found/, 'Data set not found or not accessible'],
  [/^Organisation unit not found/, 'Organisation unit not found or not accessible'],
  [/^Period not valid/, 'Period not valid'],
  [/not in hierarchy/, 'Organisation unit is not in hierarchy of the account'],
  [/write access/, 'The account does not have write access for the data set'],
];

function reasonOf(value: string): string {
  return REASONS.find(([says]) => says.test(value))?.[1] ?? REFUSED;
}

/**
 * Imports registrations of completeness that a job gives, except those with an invalid period: one
 * of these makes 2.43 lose all others (dhis2 LIVE 187).
 *
 * @returns the answer, and the state whose report lists what was not registered
 * @throws IntegrationError `IMPORT_REFUSED` when nothing was registered; `REJECTED`
 */
export async function importRegistrations(
  state: State,
  access: RestAccess,
  body: unknown,
  { onRejected: given, ...options }: RegistrationOptions,
): Promise<{ state: State; answer: ApiAnswer }> {
  const onRejected = readOnRejected({ onRejected: given });
  const { data, refused } = await withoutBadPeriods(access, body);
  const request: RestRequest = {
    ...options,
    method: 'POST',
    path: LIST,
    data,
    idempotent: true,
  };
  const answer = await sendRegistrations(() => sendRest(access, request));
  const awaited = await awaitSummary(access.client, answer);
  const summary = findRegistrationSummary(awaited) ?? findRegistrationSummary(answer.body);
  if (!summary && answer.status >= 400) throw refusal(toApiRequest(access, request), answer);
  if (!summary) return { state, answer };
  return { state: report(state, summary, refused, onRejected), answer };
}

async function withoutBadPeriods(
  { client }: RestAccess,
  body: unknown,
): Promise<{ data: unknown; refused: Rejected[] }> {
  const rows = isJsonObject(body) ? body[LIST] : undefined;
  if (!Array.isArray(rows)) return { data: body, refused: [] };
  const isGood = (row: unknown) =>
    !isJsonObject(row) || parsePeriod(String(row.period ?? '').trim()) !== undefined;
  const good = rows.filter(isGood);
  // The server judges periods of other calendars.
  if (good.length === rows.length || (await client.systemInfo()).calendar !== 'iso8601') {
    return { data: body, refused: [] };
  }
  const refused = rows
    .filter(row => !isGood(row))
    .map(({ period }) => rejected(String(period), 'Period not valid', 'E7611'));
  if (good.length === 0) throw refusedAll(refused);
  return { data: { ...(body as object), [LIST]: good }, refused };
}

function report(
  state: State,
  summary: RegistrationSummary,
  refused: readonly Rejected[],
  onRejected: OnRejected,
): State {
  const { imported = 0, updated = 0, ignored = 0, deleted = 0 } = summary.importCount;
  const { conflicts = [] } = summary;
  const named = conflicts.map(({ object = '', value = '' }) =>
    rejected(/^\w{1,15}$/.test(object) ? object : '', reasonOf(value), 'NOT_REGISTERED'),
  );
  const all = [...refused, ...named];
  if (imported + updated + deleted === 0 && summary.status === 'ERROR') {
    throw refusedAll(all.length > 0 ? all : [rejected('', REFUSED, 'NOT_REGISTERED')]);
  }
  const rejectedCount = refused.length + Math.max(ignored, named.length);
  if (rejectedCount === 0) return state;
  const counts = {
    created: imported,
    updated: updated + deleted,
    rejectedCount,
    rejected: all.slice(0, MAX_LISTED),
  };
  const judged = onRejected === 'report' ? undefined : onRejected;
  return addToReport(state, 'completeness-import', counts, judged);
}

function rejected(id: string, message: string, code: string): Rejected {
  return { kind: 'complete data set registration', id, code, message };
}

function refusedAll(all: readonly Rejected[]): IntegrationError {
  const [first] = all;
  return new IntegrationError({
    code: 'IMPORT_REFUSED',
    message: `DHIS2 registered none of the data sets as complete${first ? `: ${first.message} ${first.id}`.trimEnd() : ''}.`,
    fix: 'Correct what the message names.',
    details: {
      system: 'DHIS2',
      conflicts: all.slice(0, MAX_LISTED).map(({ id, code, message }) => ({ id, code, message })),
    },
  });
}
