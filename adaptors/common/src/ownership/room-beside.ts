import type { TwoWayCursor } from '../handover/fetched-people-batch.js';
import { MAX_TRIED, readStoredRelationships } from '../handover/waiting-relationships.js';
import type { State } from '../reporting/report.js';

/** Bytes that a state may have, so that no platform destroys it: those end at 10 MB (openfn FACTS §6). */
const MAX_STATE = 8_000_000;
/** Bytes left for the report, and for what the cursor grows by in a run. */
const REST = 500_000;
/** Smallest share for people, however much else there is: every run must make progress. */
const LEAST = 0.1;
/** Bytes of a waiting relationship that a run tries. */
const TRIED_BYTES = 500;

/**
 * The share of a state that people may take. Memory and cursor travel in the same state, the cursor
 * twice: as it was and, with the people, as it will be.
 *
 * @param beside what is in the state beside the people
 * @returns from 0.1 to 0.94
 */
export function roomBeside(beside: State): number {
  const bytes = bytesOf(beside.memory) + besideMemory(beside.cursor as TwoWayCursor | undefined);
  return Math.max(LEAST, (MAX_STATE - REST - bytes) / MAX_STATE);
}

/**
 * The bytes that a memory may take beside a cursor and the least that people need.
 *
 * @param cursor where the next run begins
 */
export function roomForMemory(cursor: TwoWayCursor | undefined): number {
  return Math.max(0, MAX_STATE * (1 - LEAST) - REST - besideMemory(cursor));
}

/** The cursor, what will follow it in one direction, and the waiting relationships that are mapped. */
function besideMemory(cursor: TwoWayCursor = {}): number {
  const { people, ...own } = cursor;
  const next = Math.max(bytesOf(people), bytesOf(own));
  const tried = Math.min(MAX_TRIED, readStoredRelationships(cursor.waiting).length);
  return bytesOf(cursor) + next + tried * TRIED_BYTES;
}

function bytesOf(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}
