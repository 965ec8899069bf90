import { KINDS, type TrackerObject, type TrackerPayload } from '../../import/payload.js';
import type { PlannedObject } from '../plan/person-plan.js';

/** The kind in which objects of a kind are nested. */
const PARENT_KIND = { events: 'enrollments', enrollments: 'trackedEntities' } as const;

/** Objects that belong together and are sent together: those of a person. */
export type Group = readonly PlannedObject[];

/** A request that is being filled. */
interface Pack {
  groups: Group[];
  room: number;
  keys: Set<string>;
}

/**
 * Puts groups into requests of at most `size` objects; only a larger group gets a request of its
 * own. What belongs to a person is written in one request, or not at all.
 *
 * @param keysOf what no two groups of one request may have in common
 */
export function packGroups(
  groups: readonly Group[],
  size: number,
  keysOf: (group: Group) => readonly string[] = () => [],
): Group[][] {
  const packed: Group[][] = [];
  /** The requests being filled; more than one only if groups must be kept apart. */
  const open: Pack[] = [];
  for (const group of groups) {
    if (group.length === 0) continue;
    const keys = keysOf(group);
    const isFree = (one: Pack) => one.room < group.length || !keys.some(key => one.keys.has(key));
    let at = open.findIndex(isFree);
    if (at < 0) at = open.length;
    if ((open[at]?.room ?? 0) < group.length) {
      const fresh: Pack = { groups: [], room: size, keys: new Set() };
      open[at] = fresh;
      packed.push(fresh.groups);
    }
    const pack = open[at]!;
    pack.groups.push(group);
    pack.room -= group.length;
    for (const key of keys) pack.keys.add(key);
  }
  return packed;
}

/** A payload of objects, each nested in the object that it belongs to if that is sent too. */
export function toPayload(objects: Group): TrackerPayload {
  const bodies = new Map<string, TrackerObject>();
  const payload: TrackerPayload = {};
  const inOrder = KINDS.flatMap(kind => objects.filter(one => one.kind === kind));
  for (const { kind, uid, body, parent } of inOrder) {
    const copy = { ...body };
    bodies.set(`${kind} ${uid}`, copy);
    const parentKind = kind === 'events' || kind === 'enrollments' ? PARENT_KIND[kind] : undefined;
    const holder = parentKind && bodies.get(`${parentKind} ${parent}`);
    if (holder) holder[kind] = [...((holder[kind] ?? []) as TrackerObject[]), copy];
    else payload[kind] = [...(payload[kind] ?? []), copy];
  }
  return payload;
}
