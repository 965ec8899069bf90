/** The delimiter of a CSV text: spreadsheets of many countries write semicolons. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return first.includes(';') && !first.includes(',') ? ';' : ',';
}

/**
 * The cells of a CSV text, line by line, without blanks around them (RFC 4180). Empty lines are left
 * out, and so is the mark with which spreadsheets begin a file.
 *
 * @example
 * parseCsvLines('name;roots\n"a ""b"""; c d\n'); // [['name', 'roots'], ['a "b"', 'c d']]
 */
export function parseCsvLines(text: string): string[][] {
  const body = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(body);
  const cell = new RegExp(
    `\\s*(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))\\s*(${delimiter}|$)`,
    'y',
  );
  const lines = body.split(/\r\n|\n|\r/).filter(line => line.trim() !== '');
  return lines.map(line => {
    const cells: string[] = [];
    cell.lastIndex = 0;
    for (let end = delimiter; end === delimiter; ) {
      const start = cell.lastIndex;
      const found = cell.exec(line);
      // A quote inside of a cell: the rest of the line is taken as it is.
      if (!found) return [...cells, line.slice(start).trim()];
      cells.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
      end = found[3]!;
    }
    return cells;
  });
}
