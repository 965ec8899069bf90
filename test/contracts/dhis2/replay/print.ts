import { type AllowedRow, objectionTo } from '../allowed.js';
import type { Outcome } from './replay.js';
import type { Verdict } from './verdict.js';

const VERDICTS: readonly Verdict[] = ['alike', 'other', 'stricter', 'kinder', 'unknown'];

/** The subjects of the numbers of pairs. */
const RANGES = [
  ['001', '060', 'accounts, the server, reading metadata'],
  ['061', '109', 'writing metadata'],
  ['110', '261', 'the Tracker import'],
  ['262', '340', 'reading Tracker'],
  ['341', '426', 'data values, completeness, jobs'],
] as const;

/** The number of outcomes for each verdict: `alike 115, other 211, …`. */
function totals(outcomes: readonly Outcome[]): string {
  return VERDICTS.map(
    verdict => `${verdict} ${outcomes.filter(outcome => outcome.verdict === verdict).length}`,
  ).join(', ');
}

/** Lines with the differences of one pair: the first few, or all of them. */
function describe({ recording, verdict, differences }: Outcome, isLong: boolean): string {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const { kind, where, real, ours } of differences) {
    const name = `${kind} ${where}`;
    if (seen.has(name)) continue;
    seen.add(name);
    lines.push(`${where || '(body)'} ${kind === 'value' ? '' : `${kind}: `}${real} -> ${ours}`);
  }
  const head = `${recording.name} ${verdict}`;
  if (isLong) return [head, ...lines.map(line => `    ${line}`)].join('\n');
  const more = lines.length > 2 ? `; and ${lines.length - 2} more` : '';
  const short = lines
    .slice(0, 2)
    .map(line => (line.length > 110 ? `${line.slice(0, 110)}…` : line));
  return `${head}: ${short.join('; ')}${more}`;
}

/**
 * The report of a replay: a line for each pair that differs, with what the table of allowed
 * differences does not allow, and the totals by range and verdict.
 */
export function report(
  outcomes: readonly Outcome[],
  isShown: (outcome: Outcome) => boolean,
  rows: readonly AllowedRow[] | undefined,
  isLong: boolean,
): string {
  const lines = outcomes
    .filter(outcome => outcome.verdict !== 'alike' && isShown(outcome))
    .map(outcome => describe(outcome, isLong));
  for (const [from, to, what] of RANGES) {
    const part = outcomes.filter(({ recording: { pair } }) => pair >= from && pair <= to);
    if (part.length > 0) lines.push(`  ${from}-${to} ${what}: ${totals(part)}`);
  }
  lines.push(`  all ${outcomes.length}: ${totals(outcomes)}`);
  for (const outcome of rows ? outcomes : []) {
    const row = rows?.find(({ pair }) => pair === outcome.recording.pair);
    const objection = objectionTo(outcome, row);
    if (objection) lines.push(`  table: ${outcome.recording.name} ${objection}`);
  }
  return lines.join('\n');
}
