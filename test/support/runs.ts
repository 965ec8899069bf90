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
