import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CONTRACTS } from './replay/recordings.js';
import type { Outcome } from './replay/replay.js';
import type { Verdict } from './replay/verdict.js';

/** An allowed difference between the sandbox and a real server. */
export interface AllowedRow {
  pair: string;
  version: string;
  verdict: Verdict;
  /** The difference, in the form of {@link differencesOf}. */
  where: string[];
  why: string;
}

const FILE = path.join(CONTRACTS, 'allowed.json');

/** The table of allowed differences. */
export function readAllowed(): AllowedRow[] {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}

/** Writes the table with one line per row, so that two changes of it rarely conflict. */
export function writeAllowed(rows: readonly AllowedRow[]): void {
  const key = ({ pair, version }: AllowedRow) => `${pair} ${version}`;
  const sorted = [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  writeFileSync(FILE, `[\n${sorted.map(row => JSON.stringify(row)).join(',\n')}\n]\n`);
}

/** The differences of an outcome, each place and kind once: `missing response.importOptions`. */
function differencesOf({ differences }: Outcome): string[] {
  return [...new Set(differences.map(({ kind, where }) => `${kind} ${where}`.trim()))].sort();
}

/** Explains why the table does not allow an outcome; undefined if it does. */
export function objectionTo(outcome: Outcome, row: AllowedRow | undefined): string | undefined {
  const { verdict } = outcome;
  if (!row) return verdict === 'alike' ? undefined : `${verdict}, and not in the table`;
  if (verdict === 'alike') return 'alike: its row is no longer needed';
  if (verdict !== row.verdict) return `${verdict}, in the table as ${row.verdict}`;
  const found = differencesOf(outcome);
  const unlisted = found.filter(one => !row.where.includes(one));
  const gone = row.where.filter(one => !found.includes(one));
  if (unlisted.length > 0) return `differs in more than its row says: ${unlisted.join(', ')}`;
  if (gone.length > 0) return `no longer differs in: ${gone.join(', ')}`;
  return undefined;
}

const BETTER: readonly Verdict[] = ['kinder', 'unknown', 'stricter', 'other', 'alike'];

/**
 * The rows of one version that are still needed after a replay: without those that are now alike,
 * and with fewer differences where the answers came closer. A row that became worse is unchanged,
 * and fails.
 */
export function shrink(rows: readonly AllowedRow[], version: string, outcomes: Outcome[]) {
  return rows.flatMap(row => {
    if (row.version !== version) return [row];
    const outcome = outcomes.find(({ recording }) => recording.pair === row.pair);
    if (!outcome) return [row];
    if (outcome.verdict === 'alike') return [];
    const isBetter = BETTER.indexOf(outcome.verdict) > BETTER.indexOf(row.verdict);
    const found = differencesOf(outcome);
    if (isBetter) return [{ ...row, verdict: outcome.verdict, where: found }];
    return [{ ...row, where: row.where.filter(one => found.includes(one)) }];
  });
}
