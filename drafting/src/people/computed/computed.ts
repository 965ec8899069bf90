import type { CodesDraft } from '../match-codes.js';
import type { FieldPlace } from '../place.js';

/** A stay of a person: in hospital, in isolation, in intensive care. */
export interface StayDraft {
  /** Item of the category PERSON_DATE_TYPE. */
  item: string;
  /** The data element that says whether there was one, and the value that says so. */
  told?: { place: FieldPlace; yes: string };
  from?: FieldPlace;
  to?: FieldPlace;
  /** Where: a data element that holds an org unit. */
  at?: FieldPlace;
}

/** What each kind of computed row is made of. */
type Kinds =
  | {
      kind: 'pregnancy';
      /** The value that says yes. */
      yes: string;
      codes: CodesDraft;
      trimesters: CodesDraft;
    }
  | { kind: 'stays'; stays: readonly StayDraft[] }
  | {
      kind: 'vaccine';
      vaccine: FieldPlace;
      codes: CodesDraft;
      doses?: FieldPlace;
      /** Values of doses that mean none. */
      none: readonly string[];
      on?: FieldPlace;
    }
  | { kind: 'outcome-day'; recovered?: FieldPlace }
  | { kind: 'lab-status' }
  | { kind: 'visit'; yes: string; no: string };

/** A row whose value is computed. */
export type ComputedDraft = Kinds & {
  field: string;
  /** The places that it reads, in their order. */
  places: readonly FieldPlace[];
  /** How it was found. */
  how: string;
  direction?: 'to-godata';
};
