import type { State } from '../reporting/report.js';

/** Bytes that a state may have, so that no platform destroys it: those end at 10 MB (openfn FACTS §6). */
const MAX_STATE = 8_000_000;
/** Bytes left for the report, and for what the cursor grows by in a run. */
const REST = 500_000;
/** Smallest share for people, however much else there is: every run must make progress. */
const LEAST = 0.05;

/**
 * The share of a state that people may take. Memory and cursor travel in the same state, the cursor
 * twice: as it was and, with the people, as it will be.
 *
 * @param beside what is in the state beside the people
 * @returns from 0.05 to 0.94
 */
export function roomBeside(beside: State): number {
  const bytes = bytesOf(beside.memory) + 2 * bytesOf(beside.cursor);
  return Math.max(LEAST, (MAX_STATE - REST - bytes) / MAX_STATE);
}

function bytesOf(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}
