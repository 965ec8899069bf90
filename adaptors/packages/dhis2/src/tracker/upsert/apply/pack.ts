import { KINDS, type TrackerObject, type TrackerPayload } from '../../../tracker-import/payload.js';
import type { PlannedObject } from '../plan/person-plan.js';

/** The kind of the objects that one of a kind is nested in. */
const PARENT_KIND = { events: 'enrollments', enrollments: 'trackedEntities' } as const;

/** Objects that belong together, and must not be parted: those of a person. */
export type Group = readonly PlannedObject[];

/**
 * Puts groups into requests of at most `size` objects; only a larger one stands alone. What a person
 * has is written at once, or not at all.
 */
export function packGroups(groups: readonly Group[], size: number): Group[][] {
  const packed: Group[][] = [];
  let room = 0;
  for (const group of groups) {
    if (group.length === 0) continue;
    if (group.length > room) {
      packed.push([]);
      room = size;
    }
    packed.at(-1)!.push(group);
    room -= group.length;
  }
  return packed;
}

/** A payload of objects: each nested in what it belongs to, if that is sent too. */
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
