import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import { countingEnrollments } from '#common/handover/tracked-entity-reading.js';
import type { TrackedEntityView } from '#common/people-mapping/views.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import {
  createEnrollmentView,
  createStageReader,
  type EnrollmentView,
  type StageReader,
} from './enrollment-view.js';
import { type OnAsk, readText } from './event-view.js';
import { createReadCode, type ReadCode } from './read-code.js';

/** A tracked entity as a mapping of functions sees it. */
export interface PersonView extends TrackedEntityView, StageReader {
  enrollments: EnrollmentView[];
  /** Values of several attributes: name → attribute id becomes name → value. */
  attributes(ids: Readonly<Record<string, string>>): Record<string, string | undefined>;
  code: ReadCode;
}

/**
 * Creates the view of a tracked entity that is not deleted.
 *
 * @param onAsk called with each attribute, data element and stage that the mapping reads
 */
export function createPersonView(
  entity: TrackedEntity,
  code: ReadCode,
  onAsk: OnAsk = () => {},
): PersonView {
  const enrollments = countingEnrollments(entity.enrollments);
  const current = enrollments.at(-1);
  const attribute = (id: string) => {
    onAsk(id);
    return readText(entity.attributes, id);
  };
  return {
    id: entity.id,
    kind: entity.kind,
    orgUnit: entity.orgUnit,
    createdAt: entity.createdAt.slice(0, 10),
    enrolledAt: current?.enrolledAt,
    occurredAt: current?.occurredAt,
    ...createStageReader(current, onAsk),
    enrollments: enrollments.map(one => createEnrollmentView(one, onAsk)),
    attribute,
    attributes: ids =>
      Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, attribute(id)])),
    code,
  };
}

/**
 * Creates a tracked entity as the function `toGoData` of a row sees it in `person`, for tests of a
 * mapping.
 *
 * @public
 * @function
 * @param {object} entity - The properties that the test needs: attributes, enrollments, orgUnit...
 * @returns {PersonView}
 * @example
 * toGoData([], { person: personView({ attributes: { oindugucx72: 'FEMALE' } }) })
 */
export function personView(entity: Partial<TrackedEntity>): PersonView {
  const blank: TrackedEntity = {
    id: 'TrackedEnt1',
    kind: 'case',
    orgUnit: 'OrgUnit0001',
    createdAt: '2026-01-01T00:00:00.000',
    updatedAt: '2026-01-01T00:00:00.000',
    attributes: {},
    enrollments: [],
    relationships: [],
  };
  return createPersonView({ ...blank, ...entity }, createReadCode(createLeftOutLedger()));
}
