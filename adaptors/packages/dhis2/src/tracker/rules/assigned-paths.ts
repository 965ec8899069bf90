import { ownOf } from '#common/collections/own.js';
import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import {
  type Assignment,
  assignedAttribute,
  assignedElement,
  type ValuesOf,
} from './assignments.js';

/**
 * The places of a tracked entity whose values a program rule has computed, as an owner table names
 * them: attributes, and `<stage>.<data element>`. They are not a user's edits.
 *
 * @param entity with the enrollments of the program that has the rules
 */
export function assignedPaths(
  entity: Pick<TrackedEntity, 'attributes' | 'enrollments'>,
  assignments: readonly Assignment[],
): string[] {
  if (assignments.length === 0) return [];
  const events = entity.enrollments.flatMap(one => one.events);
  const values: ValuesOf = {
    has: field =>
      Boolean(ownOf(entity.attributes, field)) ||
      events.some(event => Boolean(ownOf(event.values, field))),
  };
  const paths = new Set<string>();
  for (const { kind, field, stage: only } of assignments) {
    if (kind === 'attribute') {
      if (assignedAttribute(assignments, field, values)) paths.add(field);
      continue;
    }
    for (const { stage, status } of events) {
      if (only !== undefined && only !== stage) continue;
      // DHIS2's forms run the rules while a user types, whatever the stage's setting.
      const event = { stage, status, isStrict: true };
      if (assignedElement(assignments, event, field, values)) paths.add(`${stage}.${field}`);
    }
  }
  return [...paths].sort();
}
