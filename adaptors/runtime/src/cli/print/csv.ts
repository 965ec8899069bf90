type Cell = string | number | null;

function toField(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Heads and rows as CSV (RFC 4180); an absent value is an empty field. */
export function toCsv(columns: string[], rows: Cell[][]): string {
  return `${[columns, ...rows].map(row => row.map(toField).join(',')).join('\r\n')}\r\n`;
}
