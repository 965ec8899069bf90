import type { Rule } from '../project/rules.js';

/** Something that OpenFn would let pass without a word, or that it refuses only when it is deployed. */
export interface Problem {
  /** An `error` will not do what it says; a `warning` can be meant so. */
  severity: 'error' | 'warning';
  rule: Rule;
  /** Key of the workflow; absent for what concerns the whole project. */
  workflow?: string;
  /** Path from the project's folder. */
  file: string;
  /** From 1; absent when there is no place in the file. */
  line?: number;
  column?: number;
  /** One sentence. */
  message: string;
  fix?: string;
}
