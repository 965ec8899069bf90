import type { TrackerObject } from '../../import/payload.js';
import type { StageModel } from '../check/metadata.js';
import type { StoredEnrollment, StoredEntity, StoredEvent } from '../read/stored.js';

/*
 * An update replaces every property that is no list (dhis2 FACTS §4.1): what is stored is repeated, so
 * that nothing is lost that the mapping does not speak of.
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
    // Refused since 2.42 for what goes on (E1052).
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
    // As E1052, for events (E1051).
    ...(status === 'COMPLETED' ? { completedAt: stored.completedAt } : {}),
    attributeOptionCombo,
    assignedUser,
    ...clientOf(stored),
  });
}

/** A data value as it is sent; null takes it away. */
export interface SentValue {
  dataElement: string;
  value: string | null;
}

/**
 * Values without which up to 2.40 an event is refused, though they are stored (dhis2 FACTS §4.1), and
 * those that rules work others out of: up to 2.43 a rule sees no more of an event than what is sent
 * (dhis2 LIVE 200), and would work them out of nothing.
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

/** Without what has no value. */
export function given(object: TrackerObject): TrackerObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
  );
}
