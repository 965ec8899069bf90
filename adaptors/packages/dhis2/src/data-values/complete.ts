import { parsePeriod } from '../../../../common/src/periods/index.js';
import type { AggregateReport } from '../aggregate/report-data.js';
import type { Dhis2Client } from '../client.js';
import { serverError } from '../server-error.js';
import type { Target } from './target.js';

interface Registration {
  dataSet: string;
  period: string;
  organisationUnit: string;
  attributeOptionCombo?: string;
  completed?: boolean;
}

const REGISTRATIONS_A_REQUEST = 1000;
const PERIODS_A_REQUEST = 40;

/**
 * Plans which org units and periods are to be registered as complete: those with a count whose
 * period has ended, none of whose values was refused, and that are not registered yet.
 *
 * @param unfinished `orgUnit period` pairs that a value was refused in
 */
export async function planCompletion(
  client: Dhis2Client,
  report: AggregateReport,
  target: Target,
  { roots, unfinished }: { roots: readonly string[]; unfinished: ReadonlySet<string> },
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
  } of await readRegistrations(client, target, roots, [...wanted.values()])) {
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
  { dataSet }: Target,
  roots: readonly string[],
  wanted: Registration[],
): Promise<Registration[]> {
  const periods = [...new Set(wanted.map(({ period }) => period))].sort();
  const found: Registration[] = [];
  for (let i = 0; i < periods.length; i += PERIODS_A_REQUEST) {
    const { completeDataSetRegistrations = [] } = await client.get<{
      completeDataSetRegistrations?: Registration[];
    }>('/completeDataSetRegistrations', {
      dataSet: dataSet.id,
      period: periods.slice(i, i + PERIODS_A_REQUEST),
      orgUnit: [...roots],
      children: true,
    });
    for (const registration of completeDataSetRegistrations) found.push(registration);
  }
  return found;
}

/** Registers data sets as complete (dhis2 FACTS §1.6). */
export async function applyCompletion(
  client: Dhis2Client,
  registrations: readonly Registration[],
): Promise<void> {
  for (let i = 0; i < registrations.length; i += REGISTRATIONS_A_REQUEST) {
    const request = {
      method: 'POST' as const,
      path: '/completeDataSetRegistrations',
      body: { completeDataSetRegistrations: registrations.slice(i, i + REGISTRATIONS_A_REQUEST) },
      idempotent: true,
    };
    const answer = await client.send(request);
    if (answer.status >= 400) throw serverError(request, answer);
  }
}
