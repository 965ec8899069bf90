import { MAX_PLAN_ROWS, type PlanTable } from '#common/reporting/plan.js';
import type { Location } from '../client/requests/locations.js';
import { isLinked } from './plan/diff.js';
import type { LocationPlan } from './plan/plan-batch.js';

type Row = PlanTable['rows'][number];

/**
 * The changes as an indented tree: each below the locations above it, which may have no changes
 * themselves.
 *
 * @param existing the locations of Go.Data before the run
 * @param refused ids of the locations that the server refused
 */
export function toPlanTable(
  plan: LocationPlan,
  existing: readonly Location[],
  refused: ReadonlyMap<string, unknown>,
): PlanTable {
  const before = new Map(existing.map(location => [location.id, location]));
  const changes = describeChanges(plan, before);
  for (const id of refused.keys()) changes.delete(id);
  const shown = withAncestors(changes.keys(), plan);
  const byParent = new Map<string, Location[]>();
  for (const id of shown) {
    const location = plan.tree.get(id)!;
    const parent = location.parentLocationId ?? '';
    const siblings = byParent.get(shown.has(parent) ? parent : '') ?? [];
    if (siblings.length === 0) byParent.set(shown.has(parent) ? parent : '', siblings);
    siblings.push(location);
  }
  const rows: Row[] = [];
  const pending = [{ siblings: sorted(byParent.get('') ?? []), depth: 0 }];
  while (pending.length > 0 && rows.length < MAX_PLAN_ROWS) {
    const level = pending.at(-1)!;
    const location = level.siblings.shift();
    if (!location) {
      pending.pop();
      continue;
    }
    const [kind = null, what = null] = changes.get(location.id) ?? [];
    rows.push([`${'  '.repeat(level.depth)}${location.name}`, kind, what, location.id]);
    pending.push({ siblings: sorted(byParent.get(location.id) ?? []), depth: level.depth + 1 });
  }
  return {
    columns: ['location', 'change', 'what', 'id'],
    rows,
    total: changes.size,
    ...(refused.size > 0 ? { refused: refused.size } : {}),
    isTree: true,
  };
}

function sorted(siblings: Location[]): Location[] {
  return siblings.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Location id → kind of change and its details. */
function describeChanges(
  { creates, restored, before: making, after, deactivations, targets, linked, tree }: LocationPlan,
  before: ReadonlyMap<string, Location>,
): Map<string, [kind: string, what: string | null]> {
  const changes = new Map<string, [string, string | null]>();
  for (const { id } of creates) changes.set(id, [restored.has(id) ? 'restore' : 'create', null]);
  const fields = new Map<string, Set<string>>();
  for (const { id, changes: changed } of [...making, ...after]) {
    const set = fields.get(id) ?? new Set<string>();
    fields.set(id, set);
    for (const field of Object.keys(changed)) set.add(field);
  }
  for (const [id, names] of fields) {
    const old = before.get(id)!;
    const target = targets.get(id);
    const isNewLink = linked.has(id) || (target && isLinked(target) && names.has('identifiers'));
    const kind = isNewLink ? 'link' : 'update';
    changes.set(id, [kind, [...names].map(name => describeField(name, old, id, tree)).join('; ')]);
  }
  for (const id of deactivations) {
    const also = changes.get(id)?.[1];
    changes.set(id, ['deactivate', also ?? null]);
  }
  return changes;
}

function describeField(
  field: string,
  old: Location,
  id: string,
  tree: LocationPlan['tree'],
): string {
  const now = tree.get(id)!;
  const nameOf = (parent: string | null | undefined) =>
    parent ? (tree.get(parent)?.name ?? parent) : 'the top';
  switch (field) {
    case 'name':
      return `name: ${old.name} → ${now.name}`;
    case 'parentLocationId':
      return `parent: ${nameOf(old.parentLocationId)} → ${nameOf(now.parentLocationId)}`;
    case 'active':
      return 'active again';
    case 'geoLocation':
      return 'coordinates';
    case 'geographicalLevelId':
      return 'level';
    default:
      return field;
  }
}

function withAncestors(ids: Iterable<string>, { tree }: LocationPlan): Set<string> {
  const shown = new Set<string>();
  for (const id of ids) {
    let at: string | null | undefined = id;
    while (at && !shown.has(at) && tree.get(at)) {
      shown.add(at);
      at = tree.get(at)?.parentLocationId;
    }
  }
  return shown;
}
