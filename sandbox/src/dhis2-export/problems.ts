import type { CollectionName } from '../dhis2/metadata/collections.js';
import { CLASS_NAMES } from '../dhis2/metadata/model.js';
import { UsageError } from '../input/usage-error.js';

/** What is wrong with exported metadata, in one line that names the object and the property. */
export interface Problem {
  what: string;
  /** What to do, for this kind of problem. */
  fix: string;
}

/** How many problems a message lists. */
const SHOWN = 12;

/**
 * An object as messages name it.
 *
 * @example
 * nameObject('programs', { id: 'uYjxkTbwRNf', name: 'Measles' }); // Program uYjxkTbwRNf ("Measles")
 */
export function nameObject(
  collection: CollectionName,
  object: { id?: unknown; name?: unknown },
): string {
  const { id, name } = object;
  const shown = typeof name === 'string' && name !== '' ? ` ("${name}")` : '';
  return `${CLASS_NAMES[collection]} ${typeof id === 'string' ? id : 'without id'}${shown}`;
}

/**
 * Throws if there are problems, once for all of them.
 *
 * @param where the files
 * @throws UsageError with one line for each problem, and one for each thing to do
 */
export function throwProblems(where: string, found: readonly Problem[]): void {
  if (found.length === 0) return;
  const problems = [...new Map(found.map(one => [one.what, one])).values()];
  const [first] = problems;
  const fixes = [...new Set(problems.map(({ fix }) => fix))].join(' ');
  if (problems.length === 1) throw new UsageError(`${where}: ${first!.what}`, fixes);
  const lines = problems.slice(0, SHOWN).map(({ what }) => `  ${what}`);
  const rest = problems.length - SHOWN;
  throw new UsageError(
    [
      `${where}: ${problems.length} problems.`,
      ...lines,
      ...(rest > 0 ? [`  ... and ${rest} more.`] : []),
    ].join('\n'),
    fixes,
  );
}
