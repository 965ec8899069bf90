import { ownOf } from '#common/collections/own.js';
import { isSame } from './is-same.js';

type Answers = Record<string, unknown>;

/** One answer of a question. A question that is asked several times has a list of them, each with its day. */
interface Answer {
  value?: unknown;
  date?: unknown;
}

/**
 * Merges answers by variable; null removes those of a question. DHIS2 has one value for a question,
 * the first answer of Go.Data. So only the first is compared and replaced: its day, the earlier
 * answers of a question that is asked several times, and answers to other questions stay.
 */
export function mergeAnswers(stored: unknown, wanted: unknown): Answers {
  const present = (stored ?? {}) as Answers;
  const changed = Object.entries((wanted ?? {}) as Answers).filter(
    ([variable, answers]) => !isSameAnswer(ownOf(present, variable), answers),
  );
  if (changed.length === 0) return present;
  const replaced = changed.map(
    ([variable, answers]) => [variable, replaceFirst(ownOf(present, variable), answers)] as const,
  );
  const merged = { ...present, ...Object.fromEntries(replaced) };
  return Object.fromEntries(Object.entries(merged).filter(([, answers]) => answers != null));
}

function isSameAnswer(stored: unknown, wanted: unknown): boolean {
  if (isSame(stored, wanted)) return true;
  if (wanted === null || listOf(wanted).length > 1) return false;
  return isSameValue(listOf(stored)[0]?.value, listOf(wanted)[0]?.value);
}

/** Whether a value says the same in another form: the text of a number, or of several choices. */
function isSameValue(stored: unknown, wanted: unknown): boolean {
  if (isSame(stored, wanted)) return true;
  if (Array.isArray(wanted)) return false;
  if (Array.isArray(stored)) return stored.join(',') === String(wanted ?? '');
  const isNumber = typeof stored === 'number' || typeof wanted === 'number';
  if (isNumber) return !isBlank(stored) && !isBlank(wanted) && Number(stored) === Number(wanted);
  return typeof stored === 'boolean' && String(stored) === wanted;
}

function replaceFirst(stored: unknown, wanted: unknown): unknown {
  const [first, ...others] = listOf(stored);
  const isDated = others.length > 0 || !isBlank(first?.date);
  if (!isDated || wanted === null) return wanted;
  const [given] = listOf(wanted);
  return [{ ...first, ...given, value: given?.value ?? null }, ...others];
}

function listOf(answers: unknown): Answer[] {
  return Array.isArray(answers) ? answers : [];
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
