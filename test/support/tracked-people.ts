import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import type { TrackerProgram } from '#sandbox/tracker-program/index.js';

const CASES = 'uYjxkTbwRNf';

/** A program's people as the fetching step leaves them. A person in both programs is a case. */
export function toEntities({ trackedEntities, ...objects }: TrackerProgram): TrackedEntity[] {
  const values = (list: readonly { value: string }[], key: string) =>
    Object.fromEntries(list.map(one => [(one as Record<string, string>)[key], one.value]));
  const relationships = objects.relationships.map(one => ({
    id: one.relationship,
    type: one.relationshipType,
    from: (one.from as { trackedEntity: { trackedEntity: string } }).trackedEntity.trackedEntity,
    to: (one.to as { trackedEntity: { trackedEntity: string } }).trackedEntity.trackedEntity,
    createdAt: one.createdAt!.slice(0, 10),
    deleted: one.deleted,
  }));
  return trackedEntities.map(({ trackedEntity: id, attributes = [], ...entity }) => {
    const enrollments = objects.enrollments.filter(one => one.trackedEntity === id);
    const kind = enrollments.some(one => one.program === CASES) ? 'case' : 'contact';
    return {
      id,
      kind,
      orgUnit: entity.orgUnit,
      createdAt: entity.createdAt!,
      updatedAt: entity.updatedAt!,
      ...(entity.deleted ? { deleted: true as const } : {}),
      attributes: values(attributes, 'attribute'),
      enrollments: enrollments
        .filter(one => (one.program === CASES) === (kind === 'case'))
        .map(({ enrollment, program, orgUnit, status, enrolledAt }) => ({
          id: enrollment,
          program,
          orgUnit,
          status,
          enrolledAt,
          events: objects.events
            .filter(event => event.enrollment === enrollment)
            .map(({ event, programStage, occurredAt, status, dataValues = [] }) => ({
              id: event,
              stage: programStage,
              status,
              ...(occurredAt ? { occurredAt } : {}),
              values: values(dataValues, 'dataElement'),
            })),
        })),
      relationships: relationships
        .filter(one => !one.deleted && (one.from === id || one.to === id))
        .map(({ deleted: _, ...one }) => one),
    };
  });
}
