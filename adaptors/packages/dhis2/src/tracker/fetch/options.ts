import { readBoundTo } from '#common/binding/read-bound-to.js';
import type { TrackerCursor } from '#common/handover/fetched-tracked-entity-batch.js';
import { badOption, refuseUnknownKeys, resolve, wholeNumber } from '#common/operations/options.js';
import { roomBeside } from '#common/ownership/index.js';
import { isDay } from '#common/periods/index.js';
import { configurationError } from '#common/reporting/errors.js';
import type { State } from '#common/reporting/report.js';
import { localMs } from '../local-time.js';

/** A value, or a function of the state that returns it. */
type Lazy<T> = T | ((state: State) => T);

/** Options of `fetchTrackedEntities`. */
export interface FetchTrackedEntitiesOptions {
  /** Id, code or exact name of the program whose tracked entities are cases. */
  program: Lazy<string>;
  /**
   * Id, code or exact name of the program whose tracked entities are contacts. Default: no contacts
   * are read.
   */
  contactProgram?: Lazy<string | undefined>;
  /**
   * Ids or codes of org units: their tracked entities and those of all org units below are read.
   * Default: everything that the account may see; up to DHIS2 2.40, what belongs to the account's
   * own org units.
   */
  roots?: Lazy<string[]>;
  /**
   * Minutes before the last change at which a run begins, for changes that became visible late, or
   * while the server's clock was set back. Default 65: a little more than an hour.
   */
  overlapMinutes?: number;
  /** Tracked entities in one request, at most 250. Default 100. */
  pageSize?: number;
  /** Tracked entities in one run. Default 2,000. The input `batchSize` of a run overrides it. */
  batchSize?: number;
}

/** Options, checked and with defaults. */
export interface ResolvedTrackerFetch {
  program: string;
  contactProgram: string | undefined;
  roots: string[];
  overlapMs: number;
  pageSize: number;
  batchSize: number;
  /** The first day of a first run, `yyyy-MM-dd`. */
  since: string | undefined;
  /** The share of a state that people may take, from 0 to 1. */
  room: number;
  /** Hash of the text of the jobs, if the host tells it. */
  jobs: string | undefined;
}

/** Ids in one address, besides the org units: 14 characters each. */
export const MAX_IDS = 250;

const KEYS = ['program', 'contactProgram', 'roots', 'overlapMinutes', 'pageSize', 'batchSize'];

/**
 * Checks the options and fills in defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function resolveTrackerFetch(
  given: FetchTrackedEntitiesOptions,
  state: State,
): ResolvedTrackerFetch {
  refuseUnknownKeys('fetchTrackedEntities options', given, KEYS);
  const program = resolve(given.program, state);
  const contactProgram = resolve(given.contactProgram, state);
  const roots = resolve(given.roots ?? [], state);
  if (!isWord(program)) {
    throw badOption(
      'program',
      'must be the id, code or name of a program',
      "For example 'uYjxkTbwRNf'.",
    );
  }
  if (contactProgram !== undefined && !isWord(contactProgram)) {
    throw badOption('contactProgram', 'must be the id, code or name of a program, or undefined');
  }
  if (!Array.isArray(roots) || !roots.every(isWord)) {
    throw badOption('roots', 'must be a list of org unit ids or codes', "['ImspTQPwCqd'].");
  }
  if (state.since !== undefined && !isDay(state.since)) {
    throw badOption('since in the state', 'must be a day', "For example '2026-01-31'.");
  }
  const batchSize = state.batchSize ?? given.batchSize ?? 2000;
  return {
    program,
    contactProgram,
    roots: [...new Set(roots)],
    overlapMs: wholeNumber('overlapMinutes', given.overlapMinutes ?? 65, 0, 10_080) * 60_000,
    pageSize: wholeNumber('pageSize', given.pageSize ?? 100, 1, MAX_IDS),
    batchSize: wholeNumber('batchSize', batchSize, 1, 100_000),
    since: state.since,
    room: roomBeside(state),
    jobs: typeof state.jobsHash === 'string' ? state.jobsHash : undefined,
  };
}

/**
 * Reads the cursor of the last run from the state, where somebody may have edited it.
 *
 * @throws IntegrationError `BAD_CURSOR` (configuration)
 */
export function readTrackerCursor(given: unknown): TrackerCursor {
  const cursor = (given ?? {}) as TrackerCursor;
  for (const key of ['cases', 'contacts'] as const) {
    if (cursor[key] && localMs(cursor[key].updatedAt) === undefined) {
      throw configurationError(
        'BAD_CURSOR',
        `cursor.${key}.updatedAt in the state must be a time as DHIS2 gives it.`,
        { fix: "For example '2026-01-31T00:00:00.000'; Without a cursor everything is read." },
      );
    }
  }
  readBoundTo('cursor.boundTo', cursor.boundTo);
  return cursor;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
