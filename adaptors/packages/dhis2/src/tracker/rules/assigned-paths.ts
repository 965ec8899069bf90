import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import {
  type Assignment,
  assignedAttribute,
  assignedElement,
  type ValuesOf,
} from './assignments.js';

/**
 * The places of a tracked entity whose values a rule of DHIS2 has worked out, as an owner table names
 * them: attributes, and `<stage>.<data element>`. They are no edits of a user.
 *
 * @param entity with the enrollments of the program that the rules are of
 */
export function assignedPaths(
  entity: Pick<TrackedEntity, 'attributes' | 'enrollments'>,
  assignments: readonly Assignment[],
): string[] {
  if (assignments.length === 0) return [];
  const events = entity.enrollments.flatMap(one => one.events);
  const values: ValuesOf = {
    has: field =>
      Boolean(entity.attributes[field]) || events.some(event => Boolean(event.values[field])),
  };
  const paths = new Set<string>();
  for (const { kind, field, stage: only } of assignments) {
    if (kind === 'attribute') {
      if (assignedAttribute(assignments, field, values)) paths.add(field);
      continue;
    }
    for (const { stage, status } of events) {
      if (only !== undefined && only !== stage) continue;
      // The forms of DHIS2 run the rules while somebody types, whatever the stage says.
      const event = { stage, status, isStrict: true };
      if (assignedElement(assignments, event, field, values)) paths.add(`${stage}.${field}`);
    }
  }
  return [...paths].sort();
}
