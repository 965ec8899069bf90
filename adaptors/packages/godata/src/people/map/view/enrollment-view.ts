import type { TrackedEnrollment } from '#common/handover/fetched-tracked-entity-batch.js';
import { heldEvents } from '#common/handover/tracked-entity-reading.js';
import { createEventView, type EventView, type OnAsk } from './event-view.js';

/** An enrollment as a mapping sees it. */
export interface EnrollmentView extends StageReader {
  id: string;
  program: string;
  orgUnit: string;
  status?: string;
  /** Days, `yyyy-MM-dd`. */
  enrolledAt?: string;
  /** The incident date, whatever its name in the program. */
  occurredAt?: string;
}

/** A stage, or several stages with the same data elements. */
type Stages = string | readonly string[];

/** Reads the values of events. */
export interface StageReader {
  /**
   * Events that took place, the latest last. Without scheduled, overdue and skipped events, and
   * without events that come from Go.Data's lab results and follow-ups.
   */
  events(stages: Stages): EventView[];
  /**
   * The latest value of a data element in a stage. Of several events on one day the one stored last
   * counts.
   *
   * @param counting the values to consider; others are ignored. Default: all
   */
  latest(stages: Stages, dataElement: string, counting?: readonly string[]): string | undefined;
  /** The latest values of several data elements: name → data element id becomes name → value. */
  values(
    stages: Stages,
    dataElements: Readonly<Record<string, string>>,
  ): Record<string, string | undefined>;
}

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
  const events = (stages: Stages) => {
    const asked = typeof stages === 'string' ? [stages] : stages;
    for (const stage of asked) onAsk(stage);
    return views.filter(({ stage }) => asked.includes(stage));
  };
  const latest = (stages: Stages, dataElement: string, counting?: readonly string[]) => {
    onAsk(dataElement);
    return events(stages)
      .map(event => event.value(dataElement))
      .findLast(value => value !== undefined && (!counting || counting.includes(value)));
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
