import { MalformedPayload, type Payload } from './payload.js';

/** The columns of a CSV payload without a header row, in their order (dhis2 FACTS §1.7). */
const COLUMNS = [
  'dataelement',
  'period',
  'orgunit',
  'categoryoptioncombo',
  'attributeoptioncombo',
  'value',
  'storedby',
  'lastupdated',
  'comment',
  'followup',
  'deleted',
];

/**
 * Reads a CSV payload. Its first line names the columns, unless the request says that there is no
 * header row, which the importer since 2.43 refuses (recording 399; dhis2 FACTS §0).
 *
 * @param dataSet of the request, since a CSV has no head
 * @throws MalformedPayload when a quote is not closed
 */
export function parseCsvPayload(
  text: string,
  dataSet: string | undefined,
  firstRowIsHeader: boolean,
): Payload {
  const lines = parseCsv(text);
  const names = firstRowIsHeader
    ? (lines.shift() ?? []).map(name => name.trim().toLowerCase())
    : COLUMNS;
  const rows = lines.map((line, index) => {
    const cell = (name: string) => line[names.indexOf(name)] || undefined;
    return {
      index,
      dataElement: cell('dataelement'),
      period: cell('period'),
      orgUnit: cell('orgunit'),
      categoryOptionCombo: cell('categoryoptioncombo'),
      attributeOptionCombo: cell('attributeoptioncombo'),
      value: cell('value'),
      comment: cell('comment'),
      followup: cell('followup') === undefined ? undefined : cell('followup') === 'true',
      deleted: cell('deleted') === 'true',
      storedBy: cell('storedby'),
    };
  });
  return { dataSet, idSchemes: {}, rows };
}

/** The cells of each line that is not empty; a quote inside quotes is doubled. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  const cell = /"((?:[^"]|"")*)"([,\r\n]|$)|([^",\r\n]*)([,\r\n]|$)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new MalformedPayload('A quote of the CSV is not closed.');
    const [, quoted, endOfQuoted, plain, endOfPlain] = match;
    line.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if ((quoted === undefined ? endOfPlain : endOfQuoted) === ',') continue;
    if (line.some(content => content !== '')) lines.push(line);
    line = [];
  }
  if (line.length > 0) lines.push(line);
  return lines;
}
