import type { TrackedEvent } from '#common/handover/fetched-tracked-entity-batch.js';
import type { EventView } from '#common/people-mapping/views.js';

/** Called with each attribute, data element and stage that a mapping reads. */
export type OnAsk = (id: string) => void;

/** Creates the view of an event. */
export function createEventView(
  { occurredAt, values, ...event }: TrackedEvent,
  onAsk: OnAsk,
): EventView {
  return {
    id: event.id,
    stage: event.stage,
    orgUnit: event.orgUnit,
    status: event.status,
    day: occurredAt,
    value(dataElement) {
      onAsk(dataElement);
      return readText(values, dataElement);
    },
  };
}

/** A value without the blanks around it; undefined when it is missing or blank. */
export function readText(values: Readonly<Record<string, string>>, id: string): string | undefined {
  const text = Object.hasOwn(values, id) ? String(values[id] ?? '').trim() : '';
  return text === '' ? undefined : text;
}
