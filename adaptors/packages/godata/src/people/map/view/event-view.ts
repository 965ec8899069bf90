import type { TrackedEvent } from '../../../../../../common/src/tracked-entity-batch.js';

/** An event as a mapping sees it. */
export interface EventView {
  id: string;
  /** Program stage id. */
  stage: string;
  orgUnit?: string;
  status?: string;
  /** Day on which it took place, `yyyy-MM-dd`. */
  day?: string;
  /** Value of a data element; undefined where there is none, or a blank one. */
  value(dataElement: string): string | undefined;
}

/** Statuses of events that have not taken place: plans, and visits that nobody made. */
const NOT_HELD = ['SCHEDULE', 'OVERDUE', 'SKIPPED'];

/** Whether an event took place, and DHIS2 has it to tell: one that was made of Go.Data's is no news. */
export function counts({ status, fromGoData }: TrackedEvent): boolean {
  return !fromGoData && !NOT_HELD.includes(status ?? '');
}

/** Creates the view of an event. */
export function createEventView({ occurredAt, values, ...event }: TrackedEvent): EventView {
  return {
    id: event.id,
    stage: event.stage,
    orgUnit: event.orgUnit,
    status: event.status,
    day: occurredAt,
    value: dataElement => readText(values, dataElement),
  };
}

/** Events by day, those of one day as they were stored. One without a day never outranks another. */
export function latestLast(events: EventView[]): EventView[] {
  const key = ({ day }: EventView) => day ?? '';
  return events.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** A value without the blanks around it; undefined where nothing is left. */
export function readText(values: Readonly<Record<string, string>>, id: string): string | undefined {
  const text = Object.hasOwn(values, id) ? String(values[id] ?? '').trim() : '';
  return text === '' ? undefined : text;
}
