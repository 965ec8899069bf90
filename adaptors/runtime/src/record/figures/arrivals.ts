import type { FetchedPeopleBatch } from '#common/handover/fetched-people-batch.js';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import { dayNumber, dayOf } from '#common/periods/index.js';

/** How many people a run read, by kind and by the day of their report. */
export interface Arrivals {
  /** `yyyy-MM-dd`, in the order of time; without a gap if they are few. */
  days: string[];
  /** Kind and where it was read, `case/dhis2` → a count for each day. */
  kinds: Record<string, number[]>;
}

/** Counts people: kind and system → day → number. */
export type ArrivalCounts = Map<string, Map<string, number>>;

/** Days that are shown without a gap. */
const MAX_DAYS = 400;

/** Adds the people of a batch from DHIS2, by the day of their latest enrollment. */
export function addEntities(
  counts: ArrivalCounts,
  { entities }: Pick<FetchedTrackedEntityBatch, 'entities'>,
): void {
  for (const { kind, enrollments, createdAt, deleted } of entities) {
    if (!deleted) add(counts, `${kind}/dhis2`, enrollments.at(-1)?.enrolledAt ?? createdAt);
  }
}

/** Adds the people of a batch from Go.Data, by the date of reporting. */
export function addPeople(
  counts: ArrivalCounts,
  { people }: Pick<FetchedPeopleBatch, 'people'>,
): void {
  for (const { kind, record, deleted } of people) {
    if (!deleted) add(counts, `${kind}/godata`, record.dateOfReporting);
  }
}

function add(counts: ArrivalCounts, kind: string, time: unknown): void {
  const day = typeof time === 'string' ? time.slice(0, 10) : '';
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return;
  const days = counts.get(kind) ?? new Map<string, number>();
  counts.set(kind, days);
  days.set(day, (days.get(day) ?? 0) + 1);
}

/** The counts in the form of a picture; undefined without people. */
export function toArrivals(counts: ArrivalCounts): Arrivals | undefined {
  const used = [...new Set([...counts.values()].flatMap(days => [...days.keys()]))].sort();
  if (used.length === 0) return undefined;
  const days = fillGaps(used);
  const kinds = [...counts].map(([kind, own]) => [kind, days.map(day => own.get(day) ?? 0)]);
  return { days, kinds: Object.fromEntries(kinds) };
}

function fillGaps(used: string[]): string[] {
  const first = dayNumber(used[0]!);
  const length = dayNumber(used.at(-1)!) - first + 1;
  if (length > MAX_DAYS) return used.slice(-MAX_DAYS);
  return Array.from({ length }, (_, index) => dayOf(first + index));
}
