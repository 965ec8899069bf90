import { getOrCreate } from '../collections/get-or-create.js';
import { toCauses } from './coverage.js';
import type { Coverage, LeftOut, Rejected, StepReport } from './report.js';

/** The people whom a step writes. */
export interface WrittenPeople {
  /** Their ids, as the report names them; those who were read, but not mapped, are not among them. */
  ids: readonly string[];
  /** Where they go: `DHIS2`. */
  target: string;
}

/** Kinds of people in a report. Relationships, lab results and follow-ups are parts of them. */
const KINDS: ReadonlySet<string> = new Set(['case', 'contact', 'contact-of-contact', 'person']);

/**
 * How many of the people who were read are in the target: written, or equal there already. Somebody
 * of whom something was rejected, even one field, is not.
 *
 * @param before reports of the steps that read and mapped them, the reading step first
 * @returns undefined if nobody was read
 */
export function coverageOfPeople(
  { ids, target }: WrittenPeople,
  report: StepReport,
  before: readonly StepReport[],
): Coverage | undefined {
  const known = new Set(ids);
  const codes = new Map<string, string>();
  for (const one of [...before, report].flatMap(({ rejected = [] }) => rejected)) {
    if (isPerson(one, known) && !codes.has(one.id)) codes.set(one.id, one.code);
  }
  const onPurpose = before.flatMap(({ leftOut = [] }) =>
    leftOut.filter(({ reason, subject }) => reason === 'left-out-by-mapping' && KINDS.has(subject)),
  );
  const written = ids.filter(id => !codes.has(id)).length;
  // A list of rejected people may be cut; their number is what is left.
  const read = before[0]?.read ?? ids.length;
  const mapped = read - sum(onPurpose);
  if (read === 0) return undefined;
  const byCode = countCodes([...codes.values()]);
  const unlisted = mapped - written - sum(byCode);
  const rejected =
    unlisted > 0 ? [...byCode, { reason: 'others', subject: '', count: unlisted }] : byCode;
  return {
    things: 'people',
    verb: `reach ${target}`,
    reached: written,
    expected: written + sum(rejected),
    rejected: toCauses(rejected),
    omitted: [],
    onPurpose: toCauses(onPurpose.map(({ reason, count }) => ({ reason, subject: '', count }))),
  };
}

/**
 * The coverage of two runs, each of some of the people.
 *
 * @param told people whom the later run has rejected again, for the reasons of the earlier one
 */
export function addCoverage(a: Coverage, b: Coverage, told: readonly Rejected[]): Coverage {
  const again = countCodes(told.filter(({ kind }) => KINDS.has(kind)).map(({ code }) => code));
  const less = again.map(row => ({ ...row, count: -row.count }));
  const rejected = toCauses([...(a.rejected ?? []), ...(b.rejected ?? []), ...less]).filter(
    ({ count }) => count > 0,
  );
  const reached = a.reached + b.reached;
  return {
    ...b,
    reached,
    expected: reached + sum(rejected),
    rejected,
    onPurpose: toCauses([...a.onPurpose, ...b.onPurpose]),
  };
}

function isPerson({ id, kind }: Rejected, known: ReadonlySet<string>): boolean {
  return known.has(id) || KINDS.has(kind);
}

function countCodes(codes: readonly string[]): LeftOut[] {
  const counts = new Map<string, { count: number }>();
  for (const code of codes) getOrCreate(counts, code, () => ({ count: 0 })).count += 1;
  return [...counts].map(([reason, { count }]) => ({ reason, subject: '', count }));
}

function sum(rows: readonly LeftOut[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}
