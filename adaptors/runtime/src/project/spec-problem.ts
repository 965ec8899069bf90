import type { Rule } from './rules.js';

/** A problem in project.yaml, before its place in the file is known. */
export interface SpecProblem {
  rule: Rule;
  /** Keys from the top of project.yaml to the place. */
  path: string[];
  /** One sentence. */
  message: string;
  fix?: string;
  /** Whether it may be intended. */
  isWarning?: boolean;
}
