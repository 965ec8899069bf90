/** The questionnaires of an outbreak that rows of a mapping can name. */
export type Questionnaire = 'case' | 'contact' | 'labResult' | 'followUp';

/** A question that a mapping names. */
export interface NamedQuestion {
  /** The rows, for messages: `case, row questionnaireAnswers.fever`. */
  rows: string[];
  /** The values of answers that a table of codes names. */
  answers?: string[];
}

/** What a mapping of people names in Go.Data. */
export interface NamedInGoData {
  /** By questionnaire and variable. */
  questions: Partial<Record<Questionnaire, Record<string, NamedQuestion>>>;
  /** Reference data id → the rows that name it. */
  items: Record<string, string[]>;
}
