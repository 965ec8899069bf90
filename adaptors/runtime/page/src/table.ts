import { element } from './dom.js';
import type { Language } from './language.js';

export type Cell = string | number | null | Node;

/** How a table is shown. */
export interface TableOptions {
  /** Columns whose blanks count, as an indent does. */
  indented?: number;
}

/** A table with its caption. Numbers are aligned to the right and written as the language does. */
export function table(
  language: Language,
  caption: string,
  heads: string[],
  rows: Cell[][],
  { indented }: TableOptions = {},
): HTMLElement {
  const isNumeric = heads.map((_, column) => rows.some(row => typeof row[column] === 'number'));
  const classOf = (column: number) => ({
    ...(isNumeric[column] ? { class: 'number' } : column === indented ? { class: 'indented' } : {}),
  });
  const head = heads.map((text, column) =>
    element('th', { scope: 'col', ...classOf(column) }, text),
  );
  const body = rows.map(row =>
    element('tr', {}, ...row.map((cell, column) => toCell(language, cell, classOf(column)))),
  );
  return element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...body),
    ),
  );
}

function toCell(language: Language, cell: Cell, attributes: Record<string, string>): HTMLElement {
  const content = typeof cell === 'number' ? language.number(cell) : (cell ?? '–');
  return element('td', attributes, content);
}
