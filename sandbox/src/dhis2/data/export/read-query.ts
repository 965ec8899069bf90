import { canRead, capturesAt, isSuperuser } from '../../accounts/access.js';
import type { SeedUser } from '../../accounts/types.js';
import type { Query } from '../../http/query.js';
import { codedRefusal, Refusal } from '../../http/web-message.js';
import type { CollectionName } from '../../metadata/collections.js';
import type { MetadataObject } from '../../metadata/object-types.js';
import type { ServerContext } from '../../server-context.js';
import type { Dialect } from '../../versions/dialect.js';

const DAY = /^\d{4}-\d{2}-\d{2}/;

/** What a read of data values or registrations selects. */
export interface Selection {
  dataSets: string[];
  /** Canonical ids; empty when days are given instead. */
  periods: string[];
  /** First and last day; a period must begin and end between them. */
  days: { start: string; end: string } | undefined;
  /** The requested org units. */
  orgUnits: string[];
  /** The requested org units, and with `children=true` all below them. */
  coveredOrgUnits: string[];
  /** Whether org units below the requested ones are excluded. */
  isExact: boolean;
  /** The data sets and the org units that the user may not read. */
  hidden: { dataSets: string[]; orgUnits: string[] };
}

/** How reads of data values and of registrations differ. */
export interface SelectionRules {
  /** Error code of a request that selects no data. */
  noDataSets: string;
  /** Whether unknown ids are kept, and an invalid period ends the request (since 2.43). */
  keepsUnknown: boolean;
  /** Whether other parameters select data elements or a time. */
  hasOtherData?: boolean;
  hasOtherTime?: boolean;
}

type PeriodOf = (id: string) => { id: string } | undefined;

/**
 * Reads the parameters that every read of data has: dataSet, period or startDate with endDate,
 * orgUnit, children; each may be repeated (dhis2 FACTS §1.9). Up to 2.42 unknown ids are ignored;
 * since 2.43 they match nothing (recordings 415 to 417).
 *
 * @throws Refusal 409 when one is missing or contradictory
 */
export function readSelection(
  { store, dialect }: ServerContext,
  user: SeedUser,
  query: Query,
  periodOf: PeriodOf,
  rules: SelectionRules,
): Selection {
  const fail = (code: string) => codedRefusal(409, dialect, code);
  const isThere = (name: CollectionName, id: string) => {
    const object = store.metadata.get(name, id);
    return object !== undefined && canRead(user, object as MetadataObject);
  };
  const isHidden = (name: CollectionName, id: string) =>
    store.metadata.get(name, id) !== undefined && !isThere(name, id);
  const find = (name: CollectionName, param: string) =>
    query.list(param).filter(id => rules.keepsUnknown || isThere(name, id));
  const dataSets = find('dataSets', 'dataSet');
  if (dataSets.length === 0 && !rules.hasOtherData) throw fail(rules.noDataSets);
  const periods = periodsOf(query.list('period'), periodOf, rules);
  const [start, end] = [query.text('startDate'), query.text('endDate')];
  const days = start && end ? { start: dayOf(start), end: dayOf(end) } : undefined;
  if (periods.length === 0 && !days && !rules.hasOtherTime) throw fail('E2002');
  if (periods.length > 0 && days) throw fail('E2003');
  if (days && days.start > days.end) throw fail('E2004');
  const orgUnits = find('organisationUnits', 'orgUnit');
  if (orgUnits.length === 0) throw fail('E2006');
  const known = orgUnits.filter(id => store.metadata.get('organisationUnits', id));
  const tree = store.metadata.orgUnits;
  const isExact = !query.flag('children');
  const covered = isExact ? known : known.flatMap(id => tree.subtree(id));
  const isRestricted = !isSuperuser(user);
  return {
    dataSets,
    periods,
    days,
    orgUnits,
    coveredOrgUnits: [...new Set(covered)],
    isExact,
    hidden: {
      dataSets: isRestricted ? dataSets.filter(id => isHidden('dataSets', id)) : [],
      orgUnits: isRestricted ? known.filter(id => !capturesAt(store, user, id)) : [],
    },
  };
}

function periodsOf(ids: string[], periodOf: PeriodOf, { keepsUnknown }: SelectionRules): string[] {
  return ids.flatMap(text => {
    const period = periodOf(text);
    if (period || !keepsUnknown) return period ? [period.id] : [];
    const message = `Invalid Period \`${text}\`, failed to create date interval`;
    throw new Refusal(400, { message });
  });
}

/** The refusal of org units that the user may not read. */
export function hiddenOrgUnits(dialect: Dialect, ids: readonly string[] | string): Refusal {
  return codedRefusal(409, dialect, 'E2012', [ids as string | string[]]);
}

function dayOf(text: string): string {
  return DAY.exec(text)?.[0] ?? text;
}
