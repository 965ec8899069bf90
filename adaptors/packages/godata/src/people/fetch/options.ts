import { readBoundTo } from '#common/binding/read-bound-to.js';
import type {
  PassedPeople,
  PeopleCursor,
  RecordPosition,
} from '#common/handover/fetched-people-batch.js';
import { isJsonObject } from '#common/http/index.js';
import { badOption, refuseUnknownKeys, resolve, wholeNumber } from '#common/operations/options.js';
import { roomBeside } from '#common/ownership/index.js';
import { isDay } from '#common/periods/index.js';
import { configurationError } from '#common/reporting/errors.js';
import type { State } from '#common/reporting/report.js';
import { type ExistingOutbreak, readOutbreakChoice } from '../../client/find-outbreak.js';
import { CHANGE_LISTS } from './list/change-lists.js';

/** Which people to read. */
export interface FetchPeopleOptions {
  /** The outbreak, by id or by its exact name. */
  outbreak: ExistingOutbreak | ((state: State) => ExistingOutbreak);
  /**
   * Minutes before the last seen change at which a run begins again. Default 65, a little over an
   * hour: a clock may be set back. Up to Go.Data 2.46 the default is 10,080, a week: there, records
   * that a device synchronises keep the times that they had on the device, and records older than
   * the overlap are never read.
   */
  overlapMinutes?: number;
  /** Changes in one request, at most 10,000. Default 1,000. */
  pageSize?: number;
  /** People in one run. Default 2,000. The run's input `batchSize` overrides it. */
  batchSize?: number;
}

/** The options, checked and with defaults. */
export interface ResolvedPeopleFetch {
  outbreak: ExistingOutbreak;
  /** Undefined: the default for the server's version. */
  overlapMinutes: number | undefined;
  pageSize: number;
  batchSize: number;
  /** The first day of a first run, `yyyy-MM-dd`. */
  since: string | undefined;
  /** The share of a state that people may use, from 0 to 1. */
  room: number;
  /** Hash of the text of the jobs, if the host tells it. */
  jobs: string | undefined;
}

const KEYS = ['outbreak', 'overlapMinutes', 'pageSize', 'batchSize'];

/** Thirty days. */
const MAX_OVERLAP_MINUTES = 43_200;

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function resolvePeopleFetch(given: FetchPeopleOptions, state: State): ResolvedPeopleFetch {
  refuseUnknownKeys('fetchPeople options', given, KEYS);
  const { overlapMinutes: overlap } = given;
  if (state.since !== undefined && !isDay(state.since)) {
    throw badOption('since in the state', 'must be a day', "For example '2026-01-31'.");
  }
  const batchSize = state.batchSize ?? given.batchSize ?? 2000;
  return {
    outbreak: readOutbreakChoice(resolve(given.outbreak, state)),
    overlapMinutes:
      overlap === undefined
        ? undefined
        : wholeNumber('overlapMinutes', overlap, 0, MAX_OVERLAP_MINUTES),
    pageSize: wholeNumber('pageSize', given.pageSize ?? 1000, 1, 10_000),
    batchSize: wholeNumber('batchSize', batchSize, 1, 100_000),
    since: state.since,
    room: roomBeside(state),
    jobs: typeof state.jobsHash === 'string' ? state.jobsHash : undefined,
  };
}

/**
 * Reads where the last run ended. The cursor comes from an earlier state, or was written by hand.
 *
 * @param given `state.cursor`; this operation uses its part `people`
 * @throws IntegrationError `BAD_CURSOR` (configuration)
 */
export function readPeopleCursor(given: unknown): PeopleCursor {
  const { people = {} } = readObject('cursor', given ?? {}) as { people?: unknown };
  const cursor = readObject('cursor.people', people) as PeopleCursor;
  const { retry, passed } = cursor;
  if (retry !== undefined && !isTexts(retry)) {
    throw badCursor('cursor.people.retry', 'a list of ids');
  }
  readBoundTo('cursor.people.boundTo', cursor.boundTo);
  const read: PeopleCursor = { ...cursor, ...(passed ? { passed: readPassed(passed) } : {}) };
  for (const { name } of CHANGE_LISTS) {
    if (cursor[name]) read[name] = readPosition(`cursor.people.${name}`, cursor[name]);
  }
  return read;
}

function readPosition(path: string, given: RecordPosition): RecordPosition {
  readObject(path, given);
  const { updatedAt, seen = {}, after, endsAt, ...rest } = given;
  if (!isTexts(Object.values(readObject(`${path}.seen`, seen)))) {
    throw badCursor(`${path}.seen`, 'hours with marks');
  }
  if (after !== undefined && typeof after !== 'string') throw badCursor(`${path}.after`, 'an id');
  return {
    ...rest,
    updatedAt: readTime(`${path}.updatedAt`, updatedAt),
    seen,
    ...(after === undefined ? {} : { after }),
    ...(endsAt === undefined ? {} : { endsAt: readTime(`${path}.endsAt`, endsAt) }),
  };
}

function readPassed(given: PassedPeople): PassedPeople {
  readObject('cursor.people.passed', given);
  const { until, ids } = given;
  if (!isTexts(ids)) throw badCursor('cursor.people.passed.ids', 'a list of ids');
  return { until: readTime('cursor.people.passed.until', until), ids };
}

/** Reads a valid time in Go.Data's form: with milliseconds, in UTC. */
function readTime(path: string, given: unknown): string {
  const ms = typeof given === 'string' && /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(ms)) throw badCursor(path, 'a time in the form of Go.Data');
  return new Date(ms).toISOString();
}

function readObject(path: string, given: unknown): Record<string, unknown> {
  if (isJsonObject(given)) return given;
  throw badCursor(path, 'an object');
}

function isTexts(given: unknown): given is string[] {
  return Array.isArray(given) && given.every(one => typeof one === 'string');
}

function badCursor(path: string, expected: string) {
  return configurationError('BAD_CURSOR', `${path} in the state must be ${expected}.`, {
    fix: "For example { updatedAt: '2026-01-31T00:00:00.000Z', seen: {} }. Without a cursor, a run reads everything.",
  });
}
