import { emptyTable } from '#common/collections/own.js';
import type { Tally, TallyLocation } from '#common/handover/tally.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { LeftOut, StepReport } from '#common/reporting/report.js';
import type { GoDataClient } from '../client/client.js';
import { allOf, datedOutside, datedWithin } from '../client/query/filter.js';
import type { Location } from '../client/requests/locations.js';
import type { Outbreak } from '../client/requests/outbreaks.js';
import { toTallyLocation } from '../locations/to-tally-location.js';
import { createFold } from './fold.js';
import type { ResolvedTally } from './options.js';
import { createSource, type TallySource } from './source.js';
import { dayAfter } from './window.js';

/** The counts, and the report of how they were made. */
export interface TallyResult {
  tally: Tally;
  report: StepReport;
}

/**
 * Reads the records of one outbreak and counts them. Requests: one or two counts, the pages, the
 * locations.
 *
 * @throws IntegrationError `READ_INCOMPLETE` when the server sends fewer records than it has:
 * counts of only these would set values to zero
 */
export async function tallyPeople(
  client: GoDataClient,
  outbreak: Outbreak,
  options: ResolvedTally,
): Promise<TallyResult> {
  const { model, dateField, days } = options;
  const before = dayAfter(days.until);
  const where = allOf(datedWithin(dateField, days.from, before), options.where);
  const source = createSource(client, outbreak.id, model);
  const countWithin = () => source.count(where);
  const fold = createFold(options);
  const [outside, expected] = await Promise.all([countOutside(source, options), countWithin()]);
  if (outside > 0) {
    fold.leftOut.add('outside-window', `${days.from ?? ''}..${days.until ?? ''}`, outside);
  }
  let read = 0;
  const query = { where, fields: options.fields, pageSize: options.pageSize, expected };
  for await (const page of source.read(query, fold.sort)) {
    for (const place of page) fold.add(place);
    read += page.length;
    console.log(formatProgress({ label: model, done: read, total: Math.max(read, expected) }));
  }
  // Some records may have been deleted during the read.
  if (read < expected && read < (await countWithin())) throw readIncomplete(model, read, expected);
  const leftOut = fold.leftOut.list();
  const locations = read > 0 ? await readLocations(client) : new Map<string, Location>();
  const rows = fold.rows();
  const doubts = doubtsOf(options);
  return {
    tally: {
      model,
      outbreak,
      dateField,
      periodType: options.periodType,
      window: days,
      today: options.today,
      ...rows,
      locations: pickUsed(Object.keys(rows.counts), locations),
      ...closedCodes(options),
      ...(leftOut.length > 0 && { leftOut: countByReason(leftOut) }),
    },
    report: {
      read: read + outside,
      counted: fold.counted,
      leftOut: nameLocations(leftOut, locations),
      ...(doubts.length > 0 && { warnings: doubts }),
      ...client.usage,
    },
  };
}

/** The codes of the dimensions that have a list of them. */
function closedCodes({ dimensions }: ResolvedTally): Pick<Tally, 'codes'> {
  const closed = Object.entries(dimensions).flatMap(([name, { codes }]) =>
    codes ? [[name, codes] as const] : [],
  );
  return closed.length > 0 ? { codes: Object.fromEntries(closed) } : {};
}

function doubtsOf({ dimensions }: ResolvedTally): string[] {
  return Object.entries(dimensions).flatMap(([name, { doubt }]) => {
    const told = doubt?.();
    return told === undefined ? [] : [`${name}: ${told}.`];
  });
}

/** Counts the records outside the window. They are not read, but they are in the report. */
async function countOutside(
  source: TallySource,
  { dateField, days, where }: ResolvedTally,
): Promise<number> {
  if (days.from === null && days.until === null) return 0;
  const outside = datedOutside(dateField, days.from, dayAfter(days.until));
  return source.count(allOf(outside, where));
}

function readIncomplete(model: string, read: number, expected: number): IntegrationError {
  return new IntegrationError({
    code: 'READ_INCOMPLETE',
    message: `Go.Data sent only ${read} of ${expected} ${model}.`,
    fix: "Run again. If it fails again, check the account's geographic restrictions and the proxies on the way.",
    details: { read, expected },
  });
}

/** What the next step needs of a location, and its coordinates for a map. */
const FIELDS: (keyof Location)[] = ['name', 'parentLocationId', 'identifiers', 'geoLocation'];

async function readLocations(client: GoDataClient): Promise<Map<string, Location>> {
  const all = new Map<string, Location>();
  for await (const page of client.locations(FIELDS)) {
    for (const location of page) all.set(location.id, location);
  }
  return all;
}

/**
 * The locations of the counts and all locations above them: counts can be reported at a higher
 * level.
 */
function pickUsed(ids: string[], all: Map<string, Location>): Record<string, TallyLocation> {
  const used = emptyTable<TallyLocation>();
  for (const id of ids) {
    let location = all.get(id);
    while (location && !used[location.id]) {
      used[location.id] = toTallyLocation(location);
      location = location.parentLocationId ? all.get(location.parentLocationId) : undefined;
    }
  }
  return { ...used };
}

/** The next step needs only how many there are: the report of this one names the places. */
function countByReason(leftOut: readonly LeftOut[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason, count } of leftOut) counts[reason] = (counts[reason] ?? 0) + count;
  return counts;
}

/** Replaces location ids by id and name, so that users can find the records to correct. */
function nameLocations(leftOut: LeftOut[], all: Map<string, Location>): LeftOut[] {
  return leftOut.map(row => {
    const name = all.get(row.subject)?.name;
    return name ? { ...row, subject: `${row.subject} (${name})` } : row;
  });
}
