import type { SeedUser } from '../../accounts/types.js';
import type { ServerContext } from '../../server-context.js';
import type { Access } from '../access.js';
import type { TrackerKind, TrackerObjects } from '../types.js';
import type { Param, TrackerParams } from './params.js';
import { ENROLLMENT, EVENT, RELATIONSHIP, TRACKED_ENTITY } from './schemas.js';
import { ENROLLMENT_PARAMS, selectEnrollments } from './select/enrollments.js';
import { EVENT_PARAMS, selectEvents } from './select/events.js';
import { RELATIONSHIP_PARAMS, selectRelationships } from './select/relationships.js';
import type { Selection } from './select/selection.js';
import { selectTrackedEntities, TRACKED_ENTITY_PARAMS } from './select/tracked-entities.js';
import type { Schema } from './view.js';

/** How a kind of object is read. */
export interface Reading<K extends TrackerKind> {
  params: readonly Param[];
  select: (
    context: ServerContext,
    user: SeedUser,
    params: TrackerParams,
  ) => Selection<TrackerObjects[K]>;
  schema: Schema<TrackerObjects[K]>;
  /** The default fields of an answer (dhis2 FACTS §4.2). */
  fields: string;
  /** Whether a user may read an object. */
  canSee: (access: Access, object: TrackerObjects[K], context: ServerContext) => boolean;
}

const END = '[trackedEntity[trackedEntity],enrollment[enrollment],event[event]]';

export const READINGS: { readonly [K in TrackerKind]: Reading<K> } = {
  trackedEntities: {
    params: TRACKED_ENTITY_PARAMS,
    select: selectTrackedEntities,
    schema: TRACKED_ENTITY,
    fields: '*,!relationships,!enrollments,!events,!programOwners',
    canSee: (access, one) => access.canSee(one),
  },
  enrollments: {
    params: ENROLLMENT_PARAMS,
    select: selectEnrollments,
    schema: ENROLLMENT,
    fields: '*,!relationships,!events,!attributes',
    canSee: (access, one) => access.canSeeEnrollment(one),
  },
  events: {
    params: EVENT_PARAMS,
    select: selectEvents,
    schema: EVENT,
    fields: '*,!relationships',
    canSee: (access, one) => access.canSeeEvent(one),
  },
  relationships: {
    params: RELATIONSHIP_PARAMS,
    select: selectRelationships,
    schema: RELATIONSHIP,
    fields: `relationship,relationshipType,createdAtClient,from${END},to${END}`,
    canSee: (access, one) => access.canSeeRelationship(one),
  },
};
