/** Whether this is `npm run test:deep`, which tries many more cases than `npm test`. */
export const IS_DEEP = process.env.TEST_DEPTH === 'deep';

/**
 * Number of cases that fast-check tries for a long property.
 *
 * @param normal in `npm test`
 * @param deep in `npm run test:deep`
 * @example
 * fc.assert(property, runs(10, 100));
 */
export function runs(normal: number, deep: number): { numRuns: number } {
  return { numRuns: IS_DEEP ? deep : normal };
}

/** Number of people in a run over many: fewer in `npm test` than in `npm run test:deep`. */
export function size(normal: number, deep: number): number {
  return IS_DEEP ? deep : normal;
}

/**
 * The requests at which a run is stopped, one after the other: the first, the last and every third
 * one in `npm test`, each of them in `npm run test:deep`.
 *
 * @param requests how many requests the run sends
 */
export function stops(requests: number): number[] {
  const all = Array.from({ length: requests }, (_, index) => index + 1);
  return IS_DEEP ? all : all.filter(k => k % 3 === 1 || k === requests);
}

/** Every how many requests `killsOf` kills; `TEST_KILL_EVERY=3` for more than the deep tests do. */
const KILL_EVERY = process.env.TEST_KILL_EVERY ?? (IS_DEEP ? '10' : undefined);

/**
 * The requests at which a run is killed as a real process, which takes seconds each. Every tenth in
 * `npm run test:deep`, beginning with another one each time.
 *
 * @param requests how many requests the run sends
 * @returns in `npm test`, only one of them
 */
export function killsOf(requests: number): number[] {
  const every = Math.min(Number(KILL_EVERY ?? requests), requests);
  const rest = Math.floor(Math.random() * every);
  const all = Array.from({ length: requests }, (_, index) => index + 1);
  return all.filter(k => k % every === rest);
}

/** The workflows of people to kill: in `npm test` only the one that contains the others. */
export const KILLED_WORKFLOWS = [
  ...(KILL_EVERY === undefined ? [] : ['tracked-entities-to-cases', 'cases-to-tracked-entities']),
  'two-way',
];
