type Cell = string | number | null;

/** Longer cells are cut: each row must stay on one line. */
const MAX_WIDTH = 40;

function toText(cell: Cell): string {
  if (cell === null) return '-';
  // An indent shows the place of a row in a tree.
  const text = String(cell).replace(/(?<=\S)\s+/g, ' ');
  return text.length > MAX_WIDTH ? `${text.slice(0, MAX_WIDTH - 1)}…` : text;
}

/**
 * Lays out rows below their heads; numbers are aligned to the right.
 *
 * @example
 * formatTable(['orgUnit', 'new'], [['ou1', 12]]); // ['  orgUnit  new', '  ou1       12']
 */
export function formatTable(columns: string[], rows: Cell[][]): string[] {
  const isNumeric = columns.map(
    (_, column) =>
      rows.some(row => typeof row[column] === 'number') &&
      rows.every(row => typeof row[column] === 'number' || row[column] == null),
  );
  const texts = [columns, ...rows].map(row =>
    columns.map((_, column) => toText(row[column] ?? null)),
  );
  const widths = columns.map((_, column) => Math.max(...texts.map(row => row[column]!.length)));
  return texts.map(row => {
    const cells = row.map((text, column) =>
      isNumeric[column] ? text.padStart(widths[column]!) : text.padEnd(widths[column]!),
    );
    return `  ${cells.join('  ').trimEnd()}`;
  });
}
