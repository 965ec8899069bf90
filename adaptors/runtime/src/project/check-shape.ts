import { ownOf } from './own.js';
import type { SpecProblem } from './spec-problem.js';

/** What a value in project.yaml must be. An object names the parts of a map; `*` means any other part. */
type Shape = 'text' | 'text?' | 'yes or no' | 'scalar' | 'body' | { [key: string]: Shape };

const JOB: Shape = { name: 'text', adaptor: 'text', credential: 'text?', body: 'body' };
const TRIGGER: Shape = {
  type: 'text',
  enabled: 'yes or no',
  cron_expression: 'text?',
  cron_cursor_job: 'text?',
};
const EDGE: Shape = {
  source_trigger: 'text?',
  source_job: 'text?',
  target_job: 'text',
  condition_type: 'text',
  condition_expression: 'scalar',
  condition_label: 'text?',
  enabled: 'yes or no',
};

/** One workflow of project.yaml. */
export const WORKFLOW: Shape = {
  name: 'text',
  jobs: { '*': JOB },
  triggers: { '*': TRIGGER },
  edges: { '*': EDGE },
};

/** project.yaml without its workflows. */
export const PROJECT: Shape = {
  name: 'text',
  description: 'text?',
  collections: { '*': { name: 'text' } },
  credentials: { '*': { name: 'text', owner: 'text' } },
};

const WORDS = {
  text: 'text',
  'text?': 'text',
  'yes or no': 'true or false',
  scalar: 'text',
  body: 'text or { path: jobs/file.js }',
};

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(value: unknown, shape: Exclude<Shape, object>): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string';
    case 'text?':
      return typeof value === 'string' || value === null;
    case 'yes or no':
      return typeof value === 'boolean';
    case 'scalar':
      return value === null || ['string', 'boolean', 'number'].includes(typeof value);
    case 'body':
      return typeof value === 'string' || (isMap(value) && typeof value.path === 'string');
  }
}

/** `jobs.fetch-cases.adaptor` → what the reader of project.yaml sees. */
function toName(path: string[]): string {
  return path.join(' → ');
}

/**
 * Values in a part of project.yaml that are not of the required kind. Absent parts are not checked
 * here.
 *
 * @param path keys from the top of project.yaml to the part
 */
export function checkShape(value: unknown, shape: Shape, path: string[]): SpecProblem[] {
  const problem = (expected: string): SpecProblem[] => [
    { rule: 'wrong-shape', path, message: `${toName(path)} must be ${expected}.` },
  ];
  if (typeof shape === 'string') {
    if (fits(value, shape)) return [];
    return value === null && path.at(-1) === 'body' ? [] : problem(WORDS[shape]);
  }
  // A key without a value is a map that is still empty.
  if (value === null && '*' in shape) return [];
  if (!isMap(value)) return problem('a map');
  return Object.entries(value).flatMap(([key, part]) => {
    const expected = ownOf(shape, key) ?? shape['*'];
    return expected === undefined ? [] : checkShape(part, expected, [...path, key]);
  });
}
