import { formatCount } from '#common/reporting/format-count.js';
import type { OnlineFinding } from '../../check/check-online.js';

/** Subjects or fields that a line names before it counts the rest. */
const NAMED = 5;

/** `a, b, c, d, e and 12 more` */
function nameFew(names: readonly string[]): string {
  const rest = names.length - NAMED;
  const few = names.slice(0, NAMED).join(', ');
  return rest > 0 ? `${few} and ${formatCount(rest)} more` : few;
}

/** `gender=OTHER` is a value of the field gender; a place or a combination of codes has no field. */
function splitSubject(subject: string): { field: string; value: string } {
  const [, field = '', value = subject] = /^([^=]+)=([^=]*)$/.exec(subject) ?? [];
  return { field, value };
}

/** What is told in one line: the same reason, in the same step, of the same field. */
function groupKey({ workflow, step, code, leftOut }: OnlineFinding): unknown {
  return leftOut && JSON.stringify([workflow, step, code, splitSubject(leftOut.subject).field]);
}

/** Before the places are in Go.Data, each of them would be a line. */
function foldLeftOut(findings: readonly OnlineFinding[]): OnlineFinding[] {
  const groups = new Map<unknown, OnlineFinding[]>();
  for (const finding of findings) {
    const key = groupKey(finding) ?? finding;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map(group => {
    const first = group[0]!;
    if (group.length === 1) return first;
    const all = group.map(({ leftOut }) => leftOut!);
    const { field } = splitSubject(all[0]!.subject);
    const total = all.reduce((sum, { count }) => sum + count, 0);
    const values = all.map(
      ({ subject, count }) => `${splitSubject(subject).value} (${formatCount(count)})`,
    );
    const what = `${formatCount(all.length)} values${field === '' ? '' : ` of ${field}`}`;
    const message = `${what} (${formatCount(total)}) would be left out: ${nameFew(values)}.`;
    return { ...first, message };
  });
}

/** The fields that nobody has are what may be a mistake. */
function foldGiven(finding: OnlineFinding): OnlineFinding {
  if (!finding.given) return finding;
  const { read, fields } = finding.given;
  const none = Object.keys(fields).filter(field => fields[field] === 0);
  const all = Object.keys(fields).length;
  const some = `Of ${formatCount(read)} people, ${all - none.length} of ${all} fields have a value.`;
  const rest = none.length === 0 ? '' : ` Nobody has ${nameFew(none)}.`;
  return { ...finding, message: some + rest };
}

function formatFinding(finding: OnlineFinding): string[] {
  const { severity, workflow, credential, step, code, message, fix } = finding;
  const named = workflow ?? (credential === undefined ? 'credentials' : `credential ${credential}`);
  const place = step === undefined ? named : `${named}, ${step}`;
  const [first, ...rest] = message.split('\n');
  const lines = [`${place}: ${severity}: ${first} (${code})`, ...rest];
  return fix ? [...lines, `  What to do: ${fix}`] : lines;
}

/**
 * What the servers have to say of the mappings. What many values have in common is one line with the
 * most frequent of them.
 */
export function formatOnline(findings: readonly OnlineFinding[]): string[] {
  const told = foldLeftOut(findings).map(foldGiven);
  const number = (wanted: OnlineFinding['severity']) =>
    told.filter(({ severity }) => severity === wanted).length;
  const plural = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  const [errors, warnings] = [number('error'), number('warning')];
  const found =
    errors + warnings === 0
      ? 'every mapping matches them'
      : `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
  const isShort = told.some((finding, n) => finding.message !== findings[n]?.message);
  return [
    ...told.flatMap(formatFinding),
    `Checked against the live servers: ${found}.`,
    ...(isShort ? ['With --json, every value and field is named.'] : []),
  ];
}
