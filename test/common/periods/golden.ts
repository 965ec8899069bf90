import { readFileSync } from 'node:fs';

/** Rows of a table that DHIS2's own period classes filled: column → cell. */
export function readGolden(name: string): Record<string, string>[] {
  const text = readFileSync(new URL(`./golden/${name}`, import.meta.url), 'utf8');
  const [head, ...lines] = text.trim().split(/\r?\n/);
  const columns = head!.split(',');
  return lines.map(line => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  });
}
