import type { TrackerObject } from '../../import/payload.js';
import type { StageModel } from '../check/metadata.js';
import type { StoredEnrollment, StoredEntity, StoredEvent } from '../read/stored.js';

/*
 * An update replaces every property that is not a list (dhis2 FACTS §4.1). So what is stored is
 * sent again, and nothing is lost that the mapping does not name.
 */

/** A tracked entity as it is stored, without its lists. */
export function repeatEntity(stored: StoredEntity): TrackerObject {
  const { trackedEntity, trackedEntityType, orgUnit, inactive, potentialDuplicate } = stored;
  return given({
    trackedEntity,
    trackedEntityType,
    orgUnit,
    inactive,
    potentialDuplicate,
    ...clientOf(stored),
  });
}

/** An enrollment as it is stored, without its lists. */
export function repeatEnrollment(stored: StoredEnrollment, trackedEntity: string): TrackerObject {
  const { enrollment, program, orgUnit, status, enrolledAt, occurredAt, followUp } = stored;
  return given({
    enrollment,
    trackedEntity,
    program,
    orgUnit,
    status,
    enrolledAt,
    occurredAt,
    // 2.42 and later refuse it for an active enrollment (E1052).
    ...(status === 'ACTIVE' ? {} : { completedAt: stored.completedAt }),
    followUp,
    ...clientOf(stored),
  });
}

/** An event as it is stored, without its lists. */
export function repeatEvent(
  stored: StoredEvent,
  { enrollment, program }: Pick<StoredEnrollment, 'enrollment' | 'program'>,
): TrackerObject {
  const { event, programStage, orgUnit, status, occurredAt, scheduledAt } = stored;
  const { attributeOptionCombo, assignedUser } = stored;
  return given({
    event,
    enrollment,
    program,
    programStage,
    orgUnit,
    status,
    occurredAt,
    scheduledAt,
    // Like E1052, for events (E1051).
    ...(status === 'COMPLETED' ? { completedAt: stored.completedAt } : {}),
    attributeOptionCombo,
    assignedUser,
    ...clientOf(stored),
  });
}

/** A data value to send; null removes it. */
export interface SentValue {
  dataElement: string;
  value: string | null;
}

/**
 * Stored values that must be sent again with an event. Up to 2.40 an event is refused without some
 * of them (dhis2 FACTS §4.1). And up to 2.43 a rule sees only the values that are sent (dhis2 LIVE
 * 200): without their sources it would compute others from nothing.
 *
 * @param except data elements that are sent anyway
 */
export function repeatedValues(
  stage: StageModel | undefined,
  stored: StoredEvent,
  except: ReadonlySet<string> = new Set(),
): SentValue[] {
  const isNeeded = (id: string) =>
    !except.has(id) && (stage?.elements.get(id)?.compulsory || stage?.ruleSources.has(id));
  return (stored.dataValues ?? [])
    .filter(({ dataElement, value }) => isNeeded(dataElement) && value)
    .map(({ dataElement, value }) => ({ dataElement, value: String(value) }));
}

function clientOf({
  geometry,
  createdAtClient,
  updatedAtClient,
}: Pick<StoredEntity, 'geometry' | 'createdAtClient' | 'updatedAtClient'>) {
  return { geometry, createdAtClient, updatedAtClient };
}

/** Without properties that have no value. */
export function given(object: TrackerObject): TrackerObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
  );
}
