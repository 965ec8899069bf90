import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PlanTable } from '#common/reporting/plan.js';
import { findPackageRoot } from '../files/package-root.js';
import type { RunReport } from './run-report.js';

/** Changes in the page; changes.csv has the others. */
const MAX_CHANGES = 10_000;

/** The program and the styles of the page, as `npm run build` makes them. */
function readPart(name: 'main.js' | 'page.css'): string {
  return readFileSync(
    path.join(findPackageRoot(), 'adaptors/runtime/page/dist', name),
    'utf8',
  ).trim();
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Each text once: a name of a place is in hundreds of changes. */
function toChanges({ columns, rows, total, isTree }: PlanTable) {
  const indexes = new Map<string | number, number>();
  const indexOf = (cell: string | number | null) => {
    if (cell === null) return -1;
    if (!indexes.has(cell)) indexes.set(cell, indexes.size);
    return indexes.get(cell)!;
  };
  const flat = rows
    .slice(0, MAX_CHANGES)
    .flatMap(row => columns.map((_, column) => indexOf(row[column] ?? null)));
  return { columns, cells: [...indexes.keys()], rows: flat, total, isTree: isTree === true };
}

/** JSON that no name can end: `</script>` and `<!--` need a `<`. */
function toEmbedded(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/**
 * The page of a run: one file that needs no network. Its security policy admits its own script and
 * styles, and nothing else; names from servers are data of the script, and become text only.
 *
 * @param time name of the record
 */
export function toPage(time: string, report: RunReport, plan: PlanTable | undefined): string {
  const script = readPart('main.js');
  const styles = readPart('page.css');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(styles)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const data = { time, report, ...(plan ? { changes: toChanges(plan) } : {}) };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>godata-dhis2</title>
<style>${styles}</style>
</head>
<body>
<main><noscript>This page needs JavaScript. report.json and changes.csv beside it need none.</noscript></main>
<script type="application/json" id="data">${toEmbedded(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}
