import type { CollectionName } from '../dhis2/metadata/collections.js';
import { CLASS_NAMES } from '../dhis2/metadata/model.js';
import { UsageError } from '../input/usage-error.js';

/** What is wrong with exported metadata, in one line that names the object and the property. */
export interface Problem {
  what: string;
  /** What to do, for this kind of problem. */
  fix: string;
  /** Problems with one cause are told once, with their number. */
  cause?: string;
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
  const problems = mergeCauses(found);
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

/** One problem for each cause: the first, and how many others there are. */
function mergeCauses(found: readonly Problem[]): Problem[] {
  const causes = new Map<string, Set<string>>();
  for (const { what, cause = what } of found) {
    causes.set(cause, (causes.get(cause) ?? new Set()).add(what));
  }
  const firsts = new Map([...found].reverse().map(one => [one.cause ?? one.what, one]));
  return [...causes].map(([cause, all]) => {
    const first = firsts.get(cause)!;
    const others = all.size - 1;
    const more = others > 0 ? ` The same is true of ${others} more objects.` : '';
    return { ...first, what: `${first.what}${more}` };
  });
}
