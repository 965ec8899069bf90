import type { BoundTo } from '../handover/bound-to.js';
import type { SystemName } from '../http/index.js';
import { isChanged } from './is-changed.js';
import { isComparable } from './is-comparable.js';

/** The clocks of a run. Times of one server are compared with each other only. */
export interface RunClocks {
  system: SystemName;
  /** The server's present, in milliseconds of its own scale; undefined if it does not tell it. */
  server: number | undefined;
  /** The latest time of the cursor, in the same scale; undefined if there is none. */
  cursor: number | undefined;
  /** The host's present, in milliseconds. */
  host: number;
  /** How far before its cursor a run begins: a clock that was off by less hides nothing. */
  toleranceMs: number;
  /** Reads a time of the server's scale. */
  parse(time: string): number | undefined;
}

/**
 * Why a run must not trust its cursor and has to read everybody again; undefined if it may.
 *
 * A change that was made while the server's clock was ahead moves the cursor ahead. Changes made
 * after the clock was corrected have earlier times and would never be read. The same happens in
 * effect when the mapping is another one: people who did not change are not read, and so never
 * written as the new mapping says.
 *
 * @param former from the cursor
 * @param present what the run found
 */
export function whyReadAgain(
  former: BoundTo | undefined,
  present: BoundTo,
  clocks: RunClocks,
): string | undefined {
  if (clocks.cursor === undefined) return undefined;
  if (isChanged(former?.jobs, present.jobs)) {
    return 'The jobs are not those that the state was made with, so everybody is read again.';
  }
  if (former?.readAgain) {
    return 'The mapping is not the one that the state was made with, so everybody is read again.';
  }
  if (!isComparable(former, present)) {
    return 'DHIS2 does not identify itself as it did when the state was made, so everybody is read again.';
  }
  const ahead = aheadMs(former, clocks);
  if (ahead === undefined) return undefined;
  return `The cursor of the state is ahead of ${clocks.system}'s clock, by ${duration(ahead)}: the clock was set back. Everybody is read again.`;
}

/**
 * How far the cursor may be ahead: of the server's present, or of what its present should be. The
 * second finds a clock that was ahead by less than the time since the last run.
 */
function aheadMs(former: BoundTo | undefined, clocks: RunClocks): number | undefined {
  const { server, cursor, host, toleranceMs, parse } = clocks;
  if (server === undefined || cursor === undefined) return undefined;
  if (cursor - server > toleranceMs) return cursor - server;
  const was = former?.clocks;
  const then = was && parse(was.server);
  if (!was?.host || then === undefined) return undefined;
  const missing = host - Date.parse(was.host) - (server - then);
  // An older cursor is not ahead: all that is changed now gets a later time.
  return missing > toleranceMs && cursor - toleranceMs > then - missing ? missing : undefined;
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
