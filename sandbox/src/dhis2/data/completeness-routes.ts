import { parsePeriod } from '../../../../adaptors/common/src/periods/index.js';
import { answerSummary } from '../import/answer-summary.js';
import { registerComplete } from '../import/completion.js';
import { nowIn } from '../import/open-periods.js';
import { readImportOptions } from '../import/options.js';
import { bodyText } from '../import/payload.js';
import { requireDataValueAdd } from '../import/routes.js';
import { ImportSummary } from '../import/summary.js';
import { Query } from '../query.js';
import type { Api, ServerContext } from '../server-context.js';
import type { CompleteRegistration, SeedUser } from '../types.js';
import { canWriteData, capturesAt } from '../users.js';
import { Refusal, sandboxRefusal } from '../web-message.js';
import { readSelection } from './read-query.js';

const PATH = '/completeDataSetRegistrations';
const READ_PARAMS = ['dataSet', 'period', 'startDate', 'endDate', 'orgUnit', 'children'];
const DELETE_PARAMS = ['ds', 'pe', 'ou', 'multiOu'];

type Sent = Partial<CompleteRegistration>;

/** Reading, writing and deleting registrations of completeness (dhis2 FACTS §1.6). */
export function addCompletenessRoutes(api: Api, context: ServerContext): void {
  const { store, dialect } = context;
  const periodOf = (id: string) => parsePeriod(id, { serverVersion: dialect.version });

  api.get(PATH, c => {
    const query = new Query(c.req.queries(), READ_PARAMS, `GET /api${PATH}`);
    const rules = { noDataSets: 'E2013' };
    const wanted = readSelection(context, c.get('user'), query, periodOf, rules);
    const dataSets = new Set(wanted.dataSets.map(({ id }) => id));
    const orgUnits = new Set(wanted.coveredOrgUnits);
    const found = store.completeness.list().filter(one => {
      if (!dataSets.has(one.dataSet) || !orgUnits.has(one.organisationUnit)) return false;
      if (!wanted.days) return wanted.periods.includes(one.period);
      const period = periodOf(one.period)!;
      return period.startDate >= wanted.days.start && period.endDate <= wanted.days.end;
    });
    return c.json(found.length > 0 ? { completeDataSetRegistrations: found } : {});
  });

  api.post(PATH, async c => {
    requireDataValueAdd(c);
    const options = readImportOptions(c.req.queries());
    if (options.async) throw sandboxRefusal(501, 'asynchronous registrations');
    const summary = new ImportSummary(dialect, options);
    const rows = readRegistrations(bodyText(await c.req.arrayBuffer()));
    rows.forEach((row, index) => {
      const problem = problemOf(context, c.get('user'), row, periodOf);
      if (problem) {
        summary.ignored += 1;
        summary.reject(index);
        summary.addConflict({
          ...problem,
          objects: { [problem.property]: problem.object },
          indexes: [index],
        });
        return;
      }
      const registration = complete(context, row, periodOf(row.period!)!.id);
      if (store.completeness.get(registration)) summary.updated += 1;
      else summary.imported += 1;
      if (options.dryRun) return;
      const { organisationUnit, ...rest } = registration;
      const user = { ...c.get('user'), username: row.storedBy ?? c.get('user').username };
      registerComplete(store, user, { ...rest, orgUnit: organisationUnit });
    });
    summary.status = summary.hasConflicts ? 'WARNING' : 'SUCCESS';
    return answerSummary(c, dialect, summary);
  });

  api.delete(PATH, c => {
    requireDataValueAdd(c);
    const query = new Query(c.req.queries(), DELETE_PARAMS, `DELETE /api${PATH}`);
    const [period] = query.list('pe').flatMap(id => periodOf(id)?.id ?? []);
    const [unit] = query.list('ou').filter(id => store.metadata.get('organisationUnits', id));
    const dataSets = query.list('ds').filter(id => store.metadata.get('dataSets', id));
    if (dataSets.length === 0) throw illegal('data set', query.text('ds'));
    if (period === undefined) throw illegal('period', query.text('pe'));
    if (unit === undefined) throw illegal('organisation unit', query.text('ou'));
    const units = query.flag('multiOu') ? store.metadata.orgUnits.subtree(unit) : [unit];
    for (const dataSet of dataSets) {
      for (const organisationUnit of units) {
        const attributeOptionCombo = store.metadata.defaultOptionCombo;
        store.completeness.delete({ dataSet, period, organisationUnit, attributeOptionCombo });
      }
    }
    return c.body(null, 204);
  });
}

function readRegistrations(text: string): Sent[] {
  try {
    const rows = JSON.parse(text).completeDataSetRegistrations;
    if (Array.isArray(rows)) return rows;
  } catch {
    // Answered like a body of another shape, below.
  }
  throw new Refusal(400, {
    message: 'The body is no JSON object with a list completeDataSetRegistrations.',
  });
}

function complete({ store, clock }: ServerContext, row: Sent, period: string) {
  const { day } = nowIn(store.systemInfo.serverTimeZoneId, clock());
  return {
    dataSet: row.dataSet!,
    period,
    organisationUnit: row.organisationUnit!,
    attributeOptionCombo: row.attributeOptionCombo ?? store.metadata.defaultOptionCombo,
    date: row.date?.slice(0, 10) ?? day,
  };
}

/** Why a registration is ignored; the first thing that is wrong counts. */
function problemOf(
  { store }: ServerContext,
  user: SeedUser,
  row: Sent,
  periodOf: (id: string) => unknown,
): { object: string; property: string; value: string } | undefined {
  const dataSet = row.dataSet ? store.metadata.dataSetIndex(row.dataSet) : undefined;
  const unit = row.organisationUnit ?? 'null';
  const combo = row.attributeOptionCombo ?? store.metadata.defaultOptionCombo;
  const rules: [property: string, object: string, isFine: boolean, value: string][] = [
    [
      'dataSet',
      row.dataSet ?? 'null',
      dataSet !== undefined,
      'Data set not found or not accessible',
    ],
    [
      'dataSet',
      row.dataSet ?? 'null',
      dataSet !== undefined && canWriteData(user, dataSet.dataSet),
      'User does not have write access for DataSet',
    ],
    [
      'period',
      row.period ?? 'null',
      row.period !== undefined && periodOf(row.period) !== undefined,
      'Period not valid',
    ],
    [
      'organisationUnit',
      unit,
      store.metadata.get('organisationUnits', unit) !== undefined,
      'Organisation unit not found or not accessible',
    ],
    [
      'organisationUnit',
      unit,
      capturesAt(store, user, unit),
      `Organisation unit not in hierarchy of user: ${user.username}`,
    ],
    [
      'attributeOptionCombo',
      combo,
      dataSet?.attributeOptionCombos.has(combo) ?? false,
      'Attribute option combo not found or not accessible',
    ],
  ];
  const [property, object, , value] = rules.find(([, , isFine]) => !isFine) ?? [];
  return property === undefined ? undefined : { property, object: object!, value: value! };
}

function illegal(what: string, id: string | undefined): Refusal {
  return new Refusal(409, { message: `Illegal ${what} identifier: ${id}` });
}
