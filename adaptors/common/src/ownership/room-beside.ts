/** What a state may hold of people and memory: under 10 MB, with room for cursor and report. */
const MAX_BYTES = 8_000_000;
/** However much is remembered, a run must get somewhere. */
const LEAST = 0.1;

/**
 * The part of a state that the memory in it leaves to people: they travel together, and a platform
 * destroys more than 10 MB (openfn FACTS §6).
 *
 * @param memory of the state
 * @returns 1 where there is none, else less
 */
export function roomBeside(memory: unknown): number {
  if (memory === undefined) return 1;
  const bytes = Buffer.byteLength(JSON.stringify(memory));
  return Math.max(LEAST, (MAX_BYTES - bytes) / MAX_BYTES);
}
