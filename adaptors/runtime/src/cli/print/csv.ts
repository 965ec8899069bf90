import { visible } from './visible.js';

type Cell = string | number | null;

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

/**
 * Heads and rows as CSV (RFC 4180) for a spreadsheet: with a byte order mark, so that accents
 * survive, and without formulas. An absent value is an empty field.
 */
export function toCsv(columns: string[], rows: Cell[][]): string {
  const lines = [columns, ...rows].map(row => row.map(toField).join(','));
  return `${BYTE_ORDER_MARK}${lines.join('\r\n')}\r\n`;
}
