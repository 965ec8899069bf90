/** Bytes that people and memory may take in a state: under 10 MB, with room for cursor and report. */
const MAX_BYTES = 8_000_000;
/** Smallest share for people, however large the memory is: every run must make progress. */
const LEAST = 0.1;

/**
 * The share of a state that the memory leaves for people. Both travel in one state, and a platform
 * destroys a state above 10 MB (openfn FACTS §6).
 *
 * @param memory of the state
 * @returns 1 if there is no memory, else less
 */
export function roomBeside(memory: unknown): number {
  if (memory === undefined) return 1;
  const bytes = Buffer.byteLength(JSON.stringify(memory));
  return Math.max(LEAST, (MAX_BYTES - bytes) / MAX_BYTES);
}
