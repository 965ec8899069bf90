import { parsePeriod } from '#common/periods/index.js';
import { Query } from '../../http/query.js';
import { Refusal, sandboxRefusal } from '../../http/web-message.js';
import type { Api, ServerContext } from '../../server-context.js';
import { hiddenOrgUnits, readSelection } from '../export/read-query.js';
import { answerSummary } from '../import/answer-summary.js';
import { readImportOptions } from '../import/options.js';
import { bodyText } from '../import/payload.js';
import { requireDataValueAdd } from '../import/routes.js';
import { importRegistrations } from './import-registrations.js';

const PATH = '/completeDataSetRegistrations';
const READ_PARAMS = ['dataSet', 'period', 'startDate', 'endDate', 'orgUnit', 'children'];
const DELETE_PARAMS = ['ds', 'pe', 'ou', 'multiOu'];

/** Reading, writing and deleting registrations of completeness (dhis2 FACTS §1.6). */
export function addCompletenessRoutes(api: Api, context: ServerContext): void {
  const { store, dialect } = context;
  const periodOf = (id: string) => parsePeriod(id, { serverVersion: dialect.version });

  api.get(PATH, c => {
    const query = new Query(c.req.queries(), READ_PARAMS, `GET /api${PATH}`);
    const rules = { noDataSets: 'E2013', keepsUnknown: false };
    const wanted = readSelection(context, c.get('user'), query, periodOf, rules);
    const [hidden] = wanted.hidden.orgUnits;
    if (hidden !== undefined) throw hiddenOrgUnits(dialect, hidden);
    const dataSets = new Set(wanted.dataSets);
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
    const text = bodyText(await c.req.arrayBuffer());
    return answerSummary(c, dialect, importRegistrations(context, c.get('user'), text, options));
  });

  api.delete(PATH, c => {
    requireDataValueAdd(c);
    const query = new Query(c.req.queries(), DELETE_PARAMS, `DELETE /api${PATH}`);
    const dataSets = query.list('ds');
    if (dataSets.some(id => !store.metadata.get('dataSets', id))) {
      const message = `Illegal data set identifier in this list: [${dataSets.join(', ')}]`;
      throw new Refusal(409, { message });
    }
    const [period] = query.list('pe').flatMap(id => periodOf(id)?.id ?? []);
    if (period === undefined) throw illegal('period', query.text('pe'));
    const [unit] = query.list('ou').filter(id => store.metadata.get('organisationUnits', id));
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

function illegal(what: string, id: string | undefined): Refusal {
  return new Refusal(409, { message: `Illegal ${what} identifier: ${id}` });
}
