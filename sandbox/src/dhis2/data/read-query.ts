import type { Query } from '../query.js';
import type { ServerContext } from '../server-context.js';
import type { CollectionName, DataSet, MetadataObject, SeedUser } from '../types.js';
import { canRead, capturesAt, isSuperuser } from '../users.js';
import { codedRefusal } from '../web-message.js';

const DAY = /^\d{4}-\d{2}-\d{2}/;

/** What a read of data values, or of registrations, selects. */
export interface Selection {
  dataSets: DataSet[];
  /** Canonical ids; empty when days are given instead. */
  periods: string[];
  /** First and last day; both of a period must lie within. */
  days: { start: string; end: string } | undefined;
  /** The units that were asked for. */
  orgUnits: string[];
  /** Those, and with `children=true` all below them. */
  coveredOrgUnits: string[];
}

/** How many periods a read may leave open by giving something else. */
interface SelectionRules {
  /** Error code when nothing says which data are meant. */
  noDataSets: string;
  /** Whether other parameters select data elements or a time. */
  hasOtherData?: boolean;
  hasOtherTime?: boolean;
}

/**
 * Reads the parameters that every read of data has: dataSet, period or startDate with endDate,
 * orgUnit, children; each may be repeated (dhis2 FACTS §1.9). Ids that are unknown are as if they
 * had not been given.
 *
 * @throws Refusal 409 when one is missing, contradictory or not the user's to read
 */
export function readSelection(
  { store, dialect }: ServerContext,
  user: SeedUser,
  query: Query,
  periodOf: (id: string) => { id: string } | undefined,
  rules: SelectionRules,
): Selection {
  const fail = (code: string, ...args: string[]) => codedRefusal(409, dialect, code, args);
  const find = <N extends CollectionName>(name: N, param: string) =>
    query.list(param).flatMap(id => {
      const object = store.metadata.get(name, id);
      return object && canRead(user, object as MetadataObject) ? [object] : [];
    });
  const dataSets = find('dataSets', 'dataSet');
  if (dataSets.length === 0 && !rules.hasOtherData) throw fail(rules.noDataSets);
  const periods = query.list('period').flatMap(id => periodOf(id)?.id ?? []);
  const [start, end] = [query.text('startDate'), query.text('endDate')];
  const days = start && end ? { start: dayOf(start), end: dayOf(end) } : undefined;
  if (periods.length === 0 && !days && !rules.hasOtherTime) throw fail('E2002');
  if (periods.length > 0 && days) throw fail('E2003');
  if (days && days.start > days.end) throw fail('E2004');
  const orgUnits = find('organisationUnits', 'orgUnit').map(({ id }) => id);
  if (orgUnits.length === 0) throw fail('E2006');
  if (!isSuperuser(user)) {
    const outside = orgUnits.find(id => !capturesAt(store, user, id));
    if (outside !== undefined) throw fail('E2012', outside);
  }
  const tree = store.metadata.orgUnits;
  const covered = query.flag('children') ? orgUnits.flatMap(id => tree.subtree(id)) : orgUnits;
  return { dataSets, periods, days, orgUnits, coveredOrgUnits: [...new Set(covered)] };
}

function dayOf(text: string): string {
  return DAY.exec(text)?.[0] ?? text;
}
