import type { AggregateReport } from '#common/handover/aggregate-report.js';
import { parsePeriod } from '#common/periods/index.js';
import type { Rejected } from '#common/reporting/report.js';
import type { Dhis2Client } from '../../client/client.js';
import { serverError } from '../../client/server-error.js';
import { sendRegistrations } from '../import/send-registrations.js';
import type { Target } from '../mapping/target.js';

/** Registers a data set as complete for a period and an org unit (dhis2 FACTS §1.6). */
export interface Registration {
  dataSet: string;
  period: string;
  organisationUnit: string;
  attributeOptionCombo?: string;
  completed?: boolean;
}

const REGISTRATIONS_A_REQUEST = 1000;
const PERIODS_A_REQUEST = 40;
const ROOTS_A_REQUEST = 100;

/**
 * Plans which org units and periods to register as complete: those with a count whose period has
 * ended, with no refused value, and not registered yet.
 *
 * @param unfinished `orgUnit period` pairs with a refused value
 */
export async function planCompletion(
  client: Dhis2Client,
  report: AggregateReport,
  target: Target,
  unfinished: ReadonlySet<string>,
): Promise<Registration[]> {
  const wanted = new Map<string, Registration>();
  for (const [organisationUnit, periods] of Object.entries(report.values)) {
    for (const period of Object.keys(periods)) {
      const pair = `${organisationUnit} ${period}`;
      if (parsePeriod(period)!.endDate >= target.info.today || unfinished.has(pair)) continue;
      wanted.set(pair, {
        dataSet: target.dataSet.id,
        period,
        organisationUnit,
        attributeOptionCombo: target.attributeOptionCombo,
        completed: true,
      });
    }
  }
  for (const {
    organisationUnit,
    period,
    attributeOptionCombo,
    completed,
  } of await readRegistrations(client, target, [...wanted.values()])) {
    if (
      completed !== false &&
      (attributeOptionCombo ?? target.attributeOptionCombo) === target.attributeOptionCombo
    ) {
      wanted.delete(`${organisationUnit} ${period}`);
    }
  }
  return [...wanted.values()];
}

async function readRegistrations(
  client: Dhis2Client,
  { dataSet, account }: Target,
  wanted: readonly Registration[],
): Promise<Registration[]> {
  const periods = [...new Set(wanted.map(({ period }) => period))].sort();
  const roots = account.captureRoots;
  const found: Registration[] = [];
  for (let i = 0; i < periods.length; i += PERIODS_A_REQUEST) {
    for (let j = 0; j < roots.length; j += ROOTS_A_REQUEST) {
      const { completeDataSetRegistrations = [] } = await client.get<{
        completeDataSetRegistrations?: Registration[];
      }>('/completeDataSetRegistrations', {
        dataSet: dataSet.id,
        period: periods.slice(i, i + PERIODS_A_REQUEST),
        orgUnit: roots.slice(j, j + ROOTS_A_REQUEST),
        children: true,
      });
      for (const registration of completeDataSetRegistrations) found.push(registration);
    }
  }
  return found;
}

/**
 * Registers data sets as complete, then reads back whether they are.
 *
 * @returns registrations that the server refused
 */
export async function applyCompletion(
  client: Dhis2Client,
  target: Target,
  registrations: readonly Registration[],
): Promise<Rejected[]> {
  if (registrations.length === 0) return [];
  for (let i = 0; i < registrations.length; i += REGISTRATIONS_A_REQUEST) {
    const request = {
      method: 'POST' as const,
      path: '/completeDataSetRegistrations',
      body: {
        completeDataSetRegistrations: registrations.slice(i, i + REGISTRATIONS_A_REQUEST),
      },
      idempotent: true,
    };
    const answer = await sendRegistrations(() => client.send(request));
    // Status 409 reports on single registrations, as for data values.
    if (answer.status >= 400 && answer.status !== 409) throw serverError(request, answer);
  }
  const there = new Set((await readRegistrations(client, target, registrations)).map(pairOf));
  return registrations
    .filter(registration => !there.has(pairOf(registration)))
    .map(({ organisationUnit, period }) => ({
      kind: 'complete data set registration',
      id: `${organisationUnit}/${period}`,
      code: 'NOT_REGISTERED',
      message: 'DHIS2 did not register the data set as complete.',
    }));
}

function pairOf({ organisationUnit, period }: Registration): string {
  return `${organisationUnit} ${period}`;
}
