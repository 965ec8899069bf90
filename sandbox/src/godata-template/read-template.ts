import type { GoDataRecord, JsonObject } from '../godata/index.js';
import type { JsonFile } from '../input/json-source.js';
import { UsageError } from '../input/usage-error.js';
import { problemsOf, QUESTIONNAIRES, type Question, type Questionnaire } from './questions.js';

/** An outbreak, or a template for one, with its questionnaires. */
export interface OutbreakTemplate {
  /** All that Go.Data gives about it. */
  fields: JsonObject & { name: string };
  questionnaires: Readonly<Record<Questionnaire, readonly Question[]>>;
  /** Whether it is an outbreak, which keeps its id, and not a template. */
  isOutbreak: boolean;
}

const FIX =
  'Give the answer of GET /api/outbreaks/{id}, or one of the templates in the answer of GET /api/templates.';

/**
 * Reads an outbreak template or an outbreak as Go.Data's API gives it.
 *
 * @throws UsageError if it is something else, or its questionnaires are none
 */
export function readTemplate({ path, content }: JsonFile): OutbreakTemplate {
  const all = Array.isArray(content) ? content : [content];
  const [fields] = all as [GoDataRecord?];
  if (all.length !== 1) {
    const names = all.map(one => (one as JsonObject | null)?.name).filter(Boolean);
    throw new UsageError(
      `${path} has ${all.length} outbreaks or templates, not one${names.length > 0 ? `: ${names.join(', ')}` : ''}.`,
      FIX,
    );
  }
  const isObject = typeof fields === 'object' && fields !== null;
  if (!isObject || typeof fields.name !== 'string' || !QUESTIONNAIRES.some(one => one in fields)) {
    throw new UsageError(
      `${path} is no outbreak or outbreak template of Go.Data: it has no name, or no questionnaires.`,
      FIX,
    );
  }
  const problems = QUESTIONNAIRES.flatMap(one => problemsOf(one, fields[one] ?? []));
  if (problems.length > 0) {
    throw new UsageError(
      `The questionnaires of ${path} have ${problems.length} problems.\n  ${problems.join('\n  ')}`,
      'Go.Data itself would refuse them: correct them there, and export the outbreak again.',
    );
  }
  const questionnaires = Object.fromEntries(
    QUESTIONNAIRES.map(one => [one, (fields[one] ?? []) as Question[]]),
  ) as unknown as OutbreakTemplate['questionnaires'];
  return {
    fields: fields as JsonObject as OutbreakTemplate['fields'],
    questionnaires,
    isOutbreak: typeof fields.startDate === 'string',
  };
}
