import { configurationError } from '#common/reporting/errors.js';
import { forgetBadNews, hasBadNews, keepBadNews } from '../../files/bad-news.js';
import { readReport } from '../../record/read-record.js';
import { listRecords } from '../../record/records.js';
import type { RunReport } from '../../record/run-report.js';
import { totalsOf } from '../../record/totals.js';
import { printError } from '../print/print-lines.js';
import type { RunOptions } from './run-options.js';

/** `--notify env`: addresses of messengers are secrets, and arguments can be seen by others. */
const VARIABLE = 'GODATA_DHIS2_NOTIFY';
const TIMEOUT_MS = 10_000;

/** Why somebody is told. */
type Occasion = 'failed' | 'rejected' | 'recovered';

/** What is posted. Codes and counts only: no ids, nothing personal. */
interface Notification {
  workflow: string;
  occasion: Occasion;
  status: RunReport['status'];
  exitStatus: number | null;
  startedAt: string;
  seconds: number;
  counts: { created: number; updated: number; removed: number; rejected: number };
  /** How often each code occurs, of errors and rejected records. */
  codes: Record<string, number>;
}

/**
 * Checks `--notify` before the run: who would not be told must know it at once.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration); the address is not in it, as it may contain
 * a password
 */
export function readNotify(
  { notify }: Pick<RunOptions, 'notify'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): URL | undefined {
  if (notify === undefined) return undefined;
  const address = notify === 'env' ? environment[VARIABLE] : notify;
  const url = address && URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol) && hasReadableAccount(url)) return url;
  throw configurationError('BAD_OPTION', '--notify needs an address with http or https.', {
    fix: `For example --notify https://alerts.example.org/godata, or --notify env with the address in ${VARIABLE}.`,
  });
}

/** A percent sign of a password is written `%25`. */
function hasReadableAccount(url: URL): boolean {
  try {
    toRequest(url);
    return true;
  } catch {
    return false;
  }
}

/** Statuses after which a good run is news. */
const BAD: readonly RunReport['status'][] = [
  'failed',
  'misconfigured',
  'unfinished',
  'completed-with-rejections',
];

/** The status of the run before; dry runs, undos and runs that somebody stopped do not count. */
function statusBefore(project: string, { workflow, startedAt }: RunReport) {
  for (const record of listRecords(project, workflow)) {
    const report = readReport(record);
    if (!report || report.dryRun || report.undoOf !== undefined) continue;
    if (report.status === 'stopped') continue;
    if (report.startedAt < startedAt) return report.status;
  }
  return undefined;
}

function occasionOf(project: string, report: RunReport): Occasion | undefined {
  const { exitStatus } = report;
  if (report.dryRun) return undefined;
  if (exitStatus === 1 || exitStatus === 2) return 'failed';
  if (exitStatus === 3) return 'rejected';
  if (exitStatus !== 0) return undefined;
  if (hasBadNews(project, report.workflow)) return 'recovered';
  const before = statusBefore(project, report);
  return before && BAD.includes(before) ? 'recovered' : undefined;
}

/** What the next good run must know. A disk that is full must not spoil the end of this one. */
function remember(project: string, workflow: string, occasion: Occasion): void {
  try {
    if (occasion === 'recovered') forgetBadNews(project, workflow);
    else keepBadNews(project, workflow);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    printError([`Warning: what was told of this run was not kept: ${code ?? message}.`]);
  }
}

function toNotification(report: RunReport, occasion: Occasion): Notification {
  const { workflow, status, exitStatus, startedAt, seconds, errors = [] } = report;
  const rejected = Object.values(report.report).flatMap(step => step.rejected ?? []);
  const codes: Record<string, number> = {};
  for (const { code } of [...errors, ...rejected]) codes[code] = (codes[code] ?? 0) + 1;
  const times = { startedAt, seconds };
  return { workflow, occasion, status, exitStatus, ...times, counts: totalsOf(report), codes };
}

/** The address without its account, which `fetch` refuses, and the account as a header. */
function toRequest(url: URL): { address: string; headers: Record<string, string> } {
  const bare = new URL(url);
  const account = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  bare.username = '';
  bare.password = '';
  const isOpen = account === ':';
  const basic = `Basic ${Buffer.from(account).toString('base64')}`;
  return { address: bare.href, headers: isOpen ? {} : { Authorization: basic } };
}

/**
 * Tells somebody that a run failed, rejected records, or is good again. What goes wrong here is a
 * warning: the run ends as it would have.
 *
 * @param project folder of project.yaml
 */
export async function notify(
  url: URL | undefined,
  project: string,
  report: RunReport,
): Promise<void> {
  const occasion = url && occasionOf(project, report);
  if (!occasion) return;
  remember(project, report.workflow, occasion);
  try {
    const { address, headers } = toRequest(url);
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(toNotification(report, occasion)),
      // A redirected request would be a GET, or go to somebody else.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) warn(url, `it answered ${answer.status}`);
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    warn(url, name === 'TimeoutError' ? 'it did not answer in 10 s' : (cause?.code ?? name));
  }
}

/** Only the host is named: a path may be a secret, too. */
function warn({ host }: URL, why: string): void {
  printError([`Warning: ${host} was not notified: ${why}.`]);
}
