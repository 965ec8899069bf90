import type { Questionnaire } from './named-in-godata.js';

/** What a mapping of people can name in Go.Data. */
export interface DescribedOutbreak {
  /** By questionnaire: variable → the values of its answers; null for a question without a choice. */
  questions: Record<Questionnaire, Record<string, string[] | null>>;
  /** By questionnaire: the variables of the questions that ask for a number. */
  numbers?: Partial<Record<Questionnaire, string[]>>;
  /** Ids of reference data, by category, both without the prefix of every category. */
  items: Record<string, string[]>;
}
