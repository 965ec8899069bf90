import { visible } from './visible.js';

/** A cell of a table. */
export type Cell = string | number | null;

/** Without it a spreadsheet takes the file for one of its own, older character set. */
const BYTE_ORDER_MARK = '\uFEFF';
/** Signs at which a spreadsheet begins to calculate; full-width forms included. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;
/** A number is no formula, whatever its sign. */
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/** A text that a spreadsheet would run as a formula gets an apostrophe before it: then it is shown. */
function guard(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function toField(cell: Cell): string {
  const text = typeof cell === 'string' ? guard(visible(cell)) : String(cell ?? '');
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const toLine = (row: readonly Cell[]) => `${row.map(toField).join(',')}\r\n`;

/**
 * Heads and rows as CSV (RFC 4180) for a spreadsheet: with a byte order mark, so that accents
 * survive, and without formulas. An absent value is an empty field.
 *
 * @returns the lines one by one: of a long table not all need be there at once
 * @example
 * [...toCsv(['a'], [['one, two']])].join(''); // '\uFEFFa\r\n"one, two"\r\n'
 */
export function* toCsv(
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Generator<string, void> {
  yield BYTE_ORDER_MARK + toLine(columns);
  for (const row of rows) yield toLine(row);
}

const unguard = (text: string) =>
  text.startsWith("'") && guard(text.slice(1)) !== text.slice(1) ? text.slice(1) : text;

/** Whether a text in a file of {@link toCsv} is read back as it was. */
export function isReadBack(text: string): boolean {
  return unguard(guard(visible(text))) === text;
}

/** One field, quoted or not, and what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;

/**
 * Reads a file of {@link toCsv}, also one that a spreadsheet has saved.
 *
 * @returns rows of texts, with the heads; undefined if it is not such a file, or was cut off
 */
export function readCsv(text: string): string[][] | undefined {
  const content = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  if (!content.endsWith('\n')) return undefined;
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < content.length) {
    const [, quoted, plain = '', end] = FIELD.exec(content) ?? [];
    if (end === undefined) return undefined;
    row.push(unguard(quoted?.replaceAll('""', '"') ?? plain));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
