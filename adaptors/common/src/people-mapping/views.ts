// What the functions of a row see of both systems. Each adaptor makes its own.
import type { AnyField, FollowUpField } from './writable.js';

/** A stage, or several stages with the same data elements, by their ids: `clinical.ref`. */
export type Stages = string | readonly string[];

/** An event of DHIS2 as a mapping sees it. */
export interface EventView {
  id: string;
  /** Program stage id. */
  stage: string;
  orgUnit?: string;
  status?: string;
  /** Day on which it took place, `yyyy-MM-dd`. */
  day?: string;
  /** Value of a data element; undefined when it is missing or blank. */
  value(dataElement: string): string | undefined;
}

/** Reads the events of an enrollment. */
export interface EventReader {
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
}

/** An enrollment of DHIS2 as a mapping sees it. */
export interface EnrollmentView extends EventReader {
  id: string;
  program: string;
  orgUnit: string;
  status?: string;
  /** Days, `yyyy-MM-dd`. */
  enrolledAt?: string;
  /** The incident date, whatever its name in the program. */
  occurredAt?: string;
}

/**
 * A tracked entity of DHIS2 as a mapping sees it. Events and enrollment days are those of the
 * latest enrollment: an earlier enrollment was a different illness. `enrollments` has all of them.
 */
export interface TrackedEntityView extends EventReader {
  id: string;
  kind: 'case' | 'contact';
  /** Org unit where the tracked entity is registered. */
  orgUnit: string;
  /** Day on which it was created in DHIS2, `yyyy-MM-dd`. */
  createdAt: string;
  /** Days of the latest enrollment, `yyyy-MM-dd`; `occurredAt` is its incident date. */
  enrolledAt?: string;
  occurredAt?: string;
  /** All enrollments, the latest last. Cancelled ones only when there are no others. */
  enrollments: EnrollmentView[];
  /** Value of an attribute; undefined when it is missing or blank. */
  attribute(id: string): string | undefined;
}

/** A relationship of DHIS2 as a mapping sees it. */
export interface TrackedRelationshipView {
  id: string;
  /** Relationship type id. */
  type: string;
  /** Day on which it was created in DHIS2, `yyyy-MM-dd`. */
  createdAt: string | undefined;
  /** The person who exposed the other; undefined when this person is not in the batch. */
  source: TrackedEntityView | undefined;
  /** The person who was exposed; undefined when this person is not in the batch. */
  target: TrackedEntityView | undefined;
}

/** A value of Go.Data without members; null if it is empty. What it holds depends on the data. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type FieldValue = any;

/** A field as a mapping names it: an editor proposes those of rows; Go.Data has others. */
type FieldPath = AnyField | (string & {});

/** A record of Go.Data as a mapping reads it. A field is a path, as in rows. */
export interface RecordReader {
  /**
   * A field as it is, null if it is empty: `firstName`, `age.years`, `addresses.phoneNumber` (of the
   * usual place of residence).
   */
  value(field: FieldPath): FieldValue;
  /**
   * The day of a date, `yyyy-MM-dd`; of several fields, the first that has one; null if there is
   * none. A value that is not a day of the calendar is reported; without another day the result is
   * undefined: it is not written.
   */
  day(...fields: FieldPath[]): string | null | undefined;
  /**
   * The whole years of an age: `years('age')`; null if there is none. A value that is not an age is
   * reported, and undefined: it is not written.
   */
  years(field: FieldPath): number | null | undefined;
  /** The answer to a question, null if there is none; several choices are joined by commas. */
  answer(variable: string): FieldValue;
}

/** A follow-up of Go.Data as a mapping sees it: its fields, and functions to read them. */
// biome-ignore lint/suspicious/noExplicitAny: what a field holds depends on the data.
export type FollowUpView = RecordReader & { readonly [Field in FollowUpField]?: any };
