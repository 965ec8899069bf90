import type { TrackedEnrollment } from '#common/handover/fetched-tracked-entity-batch.js';
import { heldEvents } from '#common/handover/tracked-entity-reading.js';
import type {
  EnrollmentView as Enrollment,
  EventReader,
  Stages,
} from '#common/people-mapping/views.js';
import { createEventView, type OnAsk } from './event-view.js';

/** Reads the values of events, one at a time or several at once. */
export interface StageReader extends EventReader {
  /** The latest values of several data elements: name → data element id becomes name → value. */
  values(
    stages: Stages,
    dataElements: Readonly<Record<string, string>>,
  ): Record<string, string | undefined>;
}

/** An enrollment as a mapping of functions sees it. */
export type EnrollmentView = Enrollment & StageReader;

/** Creates the view of an enrollment. */
export function createEnrollmentView(enrollment: TrackedEnrollment, onAsk: OnAsk): EnrollmentView {
  const { events: _, ...rest } = enrollment;
  return { ...rest, ...createStageReader(enrollment, onAsk) };
}

/** Creates a reader of an enrollment's events. Without an enrollment it has no events. */
export function createStageReader(
  enrollment: TrackedEnrollment | undefined,
  onAsk: OnAsk,
): StageReader {
  const views = heldEvents(enrollment?.events ?? []).map(event => createEventView(event, onAsk));
  const ask = (stages: Stages) => {
    const asked = typeof stages === 'string' ? [stages] : stages;
    for (const stage of asked) onAsk(stage);
    return asked;
  };
  const events = (stages: Stages) => {
    const asked = ask(stages);
    return views.filter(({ stage }) => asked.includes(stage));
  };
  const latest = (stages: Stages, dataElement: string, counting?: readonly string[]) => {
    onAsk(dataElement);
    const asked = ask(stages);
    for (let at = views.length - 1; at >= 0; at -= 1) {
      const event = views[at]!;
      const value = asked.includes(event.stage) ? event.value(dataElement) : undefined;
      if (value !== undefined && (!counting || counting.includes(value))) return value;
    }
    return undefined;
  };
  return {
    events,
    latest,
    values: (stages, dataElements) =>
      Object.fromEntries(
        Object.entries(dataElements).map(([name, id]) => [name, latest(stages, id)]),
      ),
  };
}
