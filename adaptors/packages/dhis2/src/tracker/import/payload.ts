import { badOption } from '#common/operations/options.js';

/** The strategies of a tracker import (dhis2 FACTS §4.1). */
export const STRATEGIES = ['CREATE', 'UPDATE', 'CREATE_AND_UPDATE', 'DELETE'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** An object of the tracker; others may be nested in it. */
export type TrackerObject = Record<string, unknown>;

/** What is imported: objects by kind. */
export type TrackerPayload = { [kind in Kind]?: TrackerObject[] };

/** The kinds, each after those that it needs, with the property that holds its id. */
export const KINDS = ['trackedEntities', 'enrollments', 'events', 'relationships'] as const;
export type Kind = (typeof KINDS)[number];
export const ID_OF: Record<Kind, string> = {
  trackedEntities: 'trackedEntity',
  enrollments: 'enrollment',
  events: 'event',
  relationships: 'relationship',
};

/** Whether a resource belongs to the tracker, which is written only through imports. */
export function isTrackerKind(resource: string): resource is Kind {
  return (KINDS as readonly string[]).includes(resource);
}

/** @throws IntegrationError `BAD_OPTION` (configuration) */
export function readStrategy(given: unknown): Strategy {
  const strategy = STRATEGIES.find(known => known === given);
  if (!strategy) throw badOption('strategy', `must be one of ${STRATEGIES.join(', ')}`);
  return strategy;
}

/** Names of kinds in a report (dhis2 FACTS §4.1). */
export const TYPES: Readonly<Record<Kind, string>> = {
  trackedEntities: 'TRACKED_ENTITY',
  enrollments: 'ENROLLMENT',
  events: 'EVENT',
  relationships: 'RELATIONSHIP',
};

/** The number of objects, nested ones included. */
export function countObjects(object: TrackerObject): number {
  let count = 1;
  for (const kind of KINDS) {
    const nested = object[kind];
    if (Array.isArray(nested)) for (const child of nested) count += countObjects(child);
  }
  return count;
}

/**
 * Whether a payload can be sent twice: objects with ids are updated the second time, others would
 * be created again.
 */
export function isRepeatable(strategy: Strategy, payload: TrackerPayload): boolean {
  if (strategy !== 'UPDATE' && strategy !== 'CREATE_AND_UPDATE') return false;
  return hasIds(payload);
}

function hasIds(holder: Record<string, unknown>): boolean {
  return KINDS.every(kind => {
    const objects = holder[kind];
    if (!Array.isArray(objects)) return true;
    return objects.every(object => typeof object?.[ID_OF[kind]] === 'string' && hasIds(object));
  });
}
