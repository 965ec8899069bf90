import type { FetchedOrgUnitBatch } from '#common/handover/fetched-org-unit-batch.js';
import { refuseUnknownKeys } from '#common/operations/options.js';
import { configurationError } from '#common/reporting/errors.js';
import { formatCount } from '#common/reporting/format-count.js';
import { type Adjusted, listed, type Rejected, type StepReport } from '#common/reporting/report.js';
import { type RawOrgUnit, toOrgUnit } from '../to-org-unit.js';
import { buildOrgUnitTree } from '../tree.js';
import { findRoots, type RootOptions } from './find-roots.js';
import { withDays } from './read-dates.js';
import { hasPlace, withPlace } from './read-place.js';

/** Where the tree of a file begins. Default: at its highest level. */
export type ParseOrgUnitsOptions = RootOptions;

/**
 * Reads a tree of org units from an answer of DHIS2's API: `{ organisationUnits: [...] }` or the
 * list alone, with `geometry` or, from old servers, `coordinates`, and with `parent` or `path`. The
 * time is linear.
 *
 * @param content the parsed JSON
 * @param today `yyyy-MM-dd`, the day that decides which org units are closed
 * @throws IntegrationError `NOT_ORG_UNITS`, `ONE_PAGE` or `UNKNOWN_ROOT` (configuration). Single org units that
 * do not fit are rejected, with all below them.
 */
export function parseOrgUnits(
  content: unknown,
  options: ParseOrgUnitsOptions,
  today: string,
): { batch: FetchedOrgUnitBatch; report: StepReport } {
  refuseUnknownKeys('parseOrgUnits options', options, ['rootLevel', 'roots']);
  const list = listOf(content);
  const rejected: Rejected[] = [];
  const adjusted: Adjusted[] = [];
  const units = readUnits(list, rejected, one => adjusted.push(one));
  const roots = findRoots(units, options);
  const tree = buildOrgUnitTree([...units.values()], roots, today);
  const isChosen = options.roots !== undefined || options.rootLevel !== undefined;
  if (!isChosen) rejected.push(...tree.lost.map(id => lost(units.get(id)!, units)));
  const orgUnits = tree.groups.flatMap(({ ids }) =>
    ids.map(id => toOrgUnit(units.get(id)!, tree.places.get(id)!, one => adjusted.push(one))),
  );
  for (const { id, code } of orgUnits) if (code === undefined) adjusted.push(codeless(id));
  const outside = isChosen ? tree.lost.length : 0;
  return {
    batch: { orgUnits, roots: isChosen ? roots : [] },
    report: {
      read: list.length,
      ...(outside > 0
        ? { leftOut: [{ reason: 'outside-roots', subject: '', count: outside }] }
        : {}),
      ...(roots.length > 1 ? { warnings: [severalRoots(roots)] } : {}),
      ...listed(rejected, adjusted),
    },
  };
}

const FIX =
  'Use the answer of DHIS2 to /api/organisationUnits?paging=false&fields=id,name,shortName,code,level,parent,openingDate,closedDate,geometry.';

function listOf(content: unknown): unknown[] {
  const { organisationUnits, pager } = (content ?? {}) as Record<string, unknown>;
  const list = Array.isArray(content) ? content : organisationUnits;
  if (!Array.isArray(list) || list.length === 0) {
    throw notOrgUnits('The file has no list "organisationUnits".');
  }
  refusePage(list, pager);
  // Each would become a root.
  if (list.length > 1 && !list.some(hasPlace)) {
    throw notOrgUnits('No org unit of the file has a parent, a path or a level.');
  }
  return list;
}

function notOrgUnits(message: string) {
  return configurationError('NOT_ORG_UNITS', message, { fix: FIX });
}

/** DHIS2 answers with 50 org units if the request does not say `paging=false`. */
function refusePage(list: readonly unknown[], pager: unknown): void {
  const { total, nextPage, prevPage } = (pager ?? {}) as Record<string, unknown>;
  const hasMore = typeof total === 'number' && total > list.length;
  if (!hasMore && nextPage == null && prevPage == null) return;
  const all = hasMore ? ` of ${formatCount(total)}` : '';
  const message = `The file is one page of a longer list: ${formatCount(list.length)}${all} org units.`;
  throw configurationError('ONE_PAGE', message, { fix: FIX });
}

function readUnits(
  list: readonly unknown[],
  rejected: Rejected[],
  note: (adjusted: Adjusted) => void,
): Map<string, RawOrgUnit> {
  const units = new Map<string, RawOrgUnit>();
  for (const [index, entry] of list.entries()) {
    const unit = entry as Partial<RawOrgUnit> | null;
    if (typeof unit?.id !== 'string' || unit.id === '') {
      rejected.push(reject(`number ${index + 1}`, 'NO_ID', 'It has no id.'));
    } else if (units.has(unit.id)) {
      rejected.push(
        reject(unit.id, 'DUPLICATE_ID', 'The file has it twice. The first one is used.'),
      );
    } else {
      units.set(unit.id, withPlace(withDays(unit as RawOrgUnit, note)));
    }
  }
  return units;
}

function severalRoots(roots: readonly string[]): string {
  const more = roots.length > 10 ? `, and ${roots.length - 10} more` : '';
  return `There are ${roots.length} roots: ${roots.slice(0, 10).join(', ')}${more}.`;
}

function lost({ id, parent }: RawOrgUnit, units: ReadonlyMap<string, RawOrgUnit>): Rejected {
  if (!parent) {
    return reject(id, 'PARENT_MISSING', 'It has no parent, but is not at the top level.');
  }
  return units.has(parent.id)
    ? reject(id, 'NO_WAY_TO_ROOT', `Its parent ${parent.id} does not lead to a root.`)
    : reject(id, 'PARENT_MISSING', `Its parent ${parent.id} is not in the file.`);
}

function codeless(id: string): Adjusted {
  return {
    kind: 'org unit',
    id,
    code: 'NO_CODE',
    message: 'It has no code. Only its id identifies it.',
  };
}

function reject(id: string, code: string, message: string): Rejected {
  return { kind: 'org unit', id, code, message };
}
