import type { StageName } from './package-ids.js';

/** An event before it is entered; days are counted from today, 0 (the past is negative). */
export interface EventDraft {
  stage: StageName;
  /** Absent: only planned. */
  on?: number;
  /** Code of a data element → value. */
  values: Record<string, string>;
}

export interface EnrollmentDraft {
  program: 'cases' | 'contacts';
  enrolledOn: number;
  status: 'ACTIVE' | 'COMPLETED' | 'CANCELLED';
  events: EventDraft[];
}

/** A person before faults are added. */
export interface PersonDraft {
  kind: 'case' | 'contact';
  orgUnit: string;
  /** Code of an attribute → value. */
  attributes: Record<string, string>;
  enrollments: EnrollmentDraft[];
  isDeleted: boolean;
}

/** What drafts are drawn from. */
export interface DraftContext {
  /** A day, `yyyy-MM-dd`. */
  day(offset: number): string;
  /** Ids of the org units where people are registered. */
  places: readonly string[];
  /** Length of the outbreak. */
  days: number;
}
