import { configurationError } from '../../../../common/src/errors.js';
import { badOption, refuseUnknownKeys } from '../../../../common/src/options.js';
import type { OrgUnitBatch } from '../../../../common/src/org-unit-batch.js';
import {
  type Adjusted,
  listed,
  type Rejected,
  type StepReport,
} from '../../../../common/src/report.js';
import { type RawOrgUnit, toOrgUnit } from './to-org-unit.js';
import { buildTree } from './tree.js';

/** Where the tree of a file begins; without either, at its highest level. */
export interface ParseOrgUnitsOptions {
  /** Every org unit of this DHIS2 level becomes a root. */
  rootLevel?: number;
  /** Id of the one root. */
  root?: string;
}

/**
 * Makes a tree of org units as DHIS2's API gives them in one answer: `{ organisationUnits: [...] }`
 * or the bare list, with `geometry` or, of old servers, `coordinates`. In linear time.
 *
 * @param content the parsed JSON
 * @param today `yyyy-MM-dd`, for what is closed
 * @throws IntegrationError `NOT_ORG_UNITS` or `UNKNOWN_ROOT` (configuration); single org units that do
 * not fit are rejected, with all below them
 */
export function parseOrgUnits(
  content: unknown,
  options: ParseOrgUnitsOptions,
  today: string,
): { batch: OrgUnitBatch; report: StepReport } {
  refuseUnknownKeys('parseOrgUnits options', options, ['rootLevel', 'root']);
  const list = listOf(content);
  const rejected: Rejected[] = [];
  const adjusted: Adjusted[] = [];
  const units = readUnits(list, rejected);
  const roots = findRoots(units, options);
  const tree = buildTree([...units.values()], roots, today);
  const isChosen = options.root !== undefined || options.rootLevel !== undefined;
  if (!isChosen) {
    rejected.push(...tree.lost.map(id => lost(id, units.get(units.get(id)!.parent?.id ?? ''))));
  }
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
      ...(roots.length > 1
        ? {
            warnings: [
              `There are ${roots.length} roots: ${roots.slice(0, 10).join(', ')}${roots.length > 10 ? '...' : ''}.`,
            ],
          }
        : {}),
      ...listed(rejected, adjusted),
    },
  };
}

function listOf(content: unknown): unknown[] {
  const list = Array.isArray(content)
    ? content
    : (content as { organisationUnits?: unknown } | null)?.organisationUnits;
  if (Array.isArray(list) && list.length > 0) return list;
  throw configurationError('NOT_ORG_UNITS', 'The file holds no list "organisationUnits".', {
    fix: 'Give what DHIS2 answers to /api/organisationUnits?paging=false&fields=id,name,shortName,code,level,parent,openingDate,closedDate,geometry.',
  });
}

function readUnits(list: readonly unknown[], rejected: Rejected[]): Map<string, RawOrgUnit> {
  const units = new Map<string, RawOrgUnit>();
  for (const [index, entry] of list.entries()) {
    const unit = entry as Partial<RawOrgUnit> | null;
    if (typeof unit?.id !== 'string' || unit.id === '') {
      rejected.push(reject(`number ${index + 1}`, 'NO_ID', 'It has no id.'));
    } else if (typeof unit.name !== 'string' || unit.name.trim() === '') {
      rejected.push(reject(unit.id, 'NO_NAME', 'It has no name, which Go.Data requires.'));
    } else if (units.has(unit.id)) {
      rejected.push(
        reject(unit.id, 'DUPLICATE_ID', 'The file has it twice; the first one counts.'),
      );
    } else {
      units.set(unit.id, unit as RawOrgUnit);
    }
  }
  return units;
}

function findRoots(
  units: ReadonlyMap<string, RawOrgUnit>,
  { root, rootLevel }: ParseOrgUnitsOptions,
): string[] {
  if (root !== undefined && rootLevel !== undefined) {
    throw badOption('root', 'cannot be given together with rootLevel');
  }
  if (root !== undefined) {
    if (units.has(root)) return [root];
    throw unknownRoot(`There is no org unit "${root}" in the file.`, units);
  }
  const all = [...units.values()];
  if (rootLevel !== undefined) {
    const atLevel = all.filter(({ level }) => level === rootLevel).map(({ id }) => id);
    if (atLevel.length > 0) return atLevel;
    throw unknownRoot(`There is no org unit of level ${rootLevel} in the file.`, units);
  }
  const tops = all.filter(({ parent }) => !parent || !units.has(parent.id));
  // The top of an extract names a parent that is not in it; one further down has lost its parent.
  const highest = tops.reduce(
    (least, { level = 1 }) => Math.min(least, level),
    Number.POSITIVE_INFINITY,
  );
  const roots = tops.filter(({ level = 1 }) => level === highest).map(({ id }) => id);
  if (roots.length > 0) return roots;
  throw unknownRoot(
    'Every org unit of the file has a parent in it: they go round in a circle.',
    units,
  );
}

function unknownRoot(message: string, units: ReadonlyMap<string, RawOrgUnit>) {
  const levels = new Map<number, number>();
  for (const { level } of units.values()) {
    if (level !== undefined) levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  const listed = [...levels]
    .sort(([a], [b]) => a - b)
    .map(([level, count]) => `${level} (${count})`);
  return configurationError('UNKNOWN_ROOT', message, {
    fix:
      listed.length > 0
        ? `Levels and how many org units each has: ${listed.join(', ')}.`
        : 'Give the id of the root.',
  });
}

/** @param parent the org unit's parent, if that is in the file */
function lost(id: string, parent: RawOrgUnit | undefined): Rejected {
  return parent
    ? reject(id, 'NO_WAY_TO_ROOT', `Its parent ${parent.id} does not lead to a root of the file.`)
    : reject(id, 'PARENT_MISSING', 'Its parent is not in the file.');
}

function codeless(id: string): Adjusted {
  return { kind: 'org unit', id, code: 'NO_CODE', message: 'It has no code; the id stands alone.' };
}

function reject(id: string, code: string, message: string): Rejected {
  return { kind: 'org unit', id, code, message };
}
