import type { Program, ProgramField, ProgramStage, RelationshipType } from '../servers/model.js';
import type { ComputedDraft } from './computed/computed.js';
import type { CodesDraft } from './match-codes.js';
import type { FieldPlace } from './place.js';

/** A row that the draft proposes. */
export interface RowDraft {
  field: string;
  /** A place in a program; or a property of the enrollment, as code. */
  place: FieldPlace | { code: string };
  /** Other stages that have the same data element. */
  otherStages?: readonly ProgramStage[];
  /** How it was found. */
  how: string;
  codes?: CodesDraft;
  owner?: 'dhis2';
  direction?: 'to-godata';
}

/** An answer of a questionnaire. */
export interface AnswerDraft {
  variable: string;
  place: FieldPlace;
  how: string;
  direction?: 'to-godata';
}

/** What may be a row, and why it is none. */
export interface Doubt {
  /** The field, or `questionnaireAnswers.<variable>`. */
  field: string;
  place: FieldPlace;
  why: string;
}

/** A list of rows as drafted. */
export interface ListDraft {
  rows: readonly RowDraft[];
  answers: readonly AnswerDraft[];
  computed: readonly ComputedDraft[];
  doubts: readonly Doubt[];
}

/** A kind of people as drafted. */
export interface KindDraft extends ListDraft {
  program: Program;
  /** Places for which nothing was found. */
  unmatched: readonly FieldPlace[];
}

/** Records whose events are complete when they are written: lab results, follow-ups. */
export interface RecordsDraft {
  list: ListDraft;
  /** Data elements that their events need and no row gives: with one, DHIS2 refuses every event. */
  missing: readonly ProgramField[];
}

/** The mapping of people as drafted. */
export interface PeopleDraft {
  case: KindDraft;
  contact?: KindDraft;
  relationship?: { type: RelationshipType; list: ListDraft; certainty?: string };
  labResults?: RecordsDraft & { result: ProgramStage; request?: ProgramStage };
  followUps?: RecordsDraft & { stage: ProgramStage };
  /** Fields of cases without which a person means nothing, and that rows give. */
  required: readonly string[];
}
