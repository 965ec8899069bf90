import { configurationError } from '#common/reporting/errors.js';
import { readText } from '../files/read-text.js';
import { parseCsvLines } from './parse-csv.js';

/** One line of the list: an outbreak or a region, which gets workflows of its own. */
export interface ListRow {
  /** Ends the names of its workflows. */
  name: string;
  /** Id of its outbreak. */
  outbreakId?: string;
  /** Ids or codes of org units or locations. */
  roots?: string[];
  /** Name of a credential of the project → the one that is used instead. */
  credentials: Record<string, string>;
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const OWN = ['name', 'outbreakId', 'roots'];

const FIX =
  'The first line names the columns: name, and outbreakId or roots (ids or codes with blanks between them), or both; a column with the name of a credential gives another one. For example: name,outbreakId,godata';

const FIX_PATH =
  'Give the path of a CSV file with one line for each outbreak or region; docs/scale-out.md has an example.';

function findTwice(what: string, values: (string | undefined)[]): string[] {
  const given = values.filter(value => value !== undefined);
  const twice = given.filter((value, index) => given.indexOf(value) !== index);
  return [...new Set(twice)].map(value => `${what} ${value} is there twice.`);
}

function checkColumns(columns: readonly string[], credentials: readonly string[]): string[] {
  const known = [...OWN, ...credentials];
  const unknown = columns.filter(column => !known.includes(column));
  return [
    ...unknown.map(column => `The column "${column}" is not one of ${known.join(', ')}.`),
    ...findTwice('The column', [...columns]),
    ...(columns.includes('name') ? [] : ['There is no column "name".']),
    ...(columns.includes('outbreakId') || columns.includes('roots')
      ? []
      : ['There is neither a column "outbreakId" nor "roots".']),
  ];
}

function checkCells(columns: readonly string[], lines: readonly string[][]): string[] {
  return lines.flatMap((cells, index) => {
    const place = `Line ${index + 2}`;
    if (cells.length !== columns.length) {
      return [`${place} has ${cells.length} cells, and there are ${columns.length} columns.`];
    }
    const empty = columns.filter((_, column) => cells[column] === '');
    const name = cells[columns.indexOf('name')] ?? '';
    return [
      ...empty.map(column => `${place} has no ${column}.`),
      ...(name === '' || NAME.test(name)
        ? []
        : [`${place}: the name "${name}" is not lower-case words joined by dashes.`]),
    ];
  });
}

function toRow(columns: readonly string[], cells: readonly string[]): ListRow {
  const entries = columns.map((column, index) => [column, cells[index]!] as const);
  const { name = '', outbreakId, roots } = Object.fromEntries(entries) as Record<string, string>;
  return {
    name,
    ...(outbreakId === undefined ? {} : { outbreakId }),
    ...(roots === undefined ? {} : { roots: roots.split(/\s+/) }),
    credentials: Object.fromEntries(entries.filter(([column]) => !OWN.includes(column))),
  };
}

/**
 * Reads a list of outbreaks or regions: CSV with a line of column names.
 *
 * @param file its path
 * @param credentials names of the project's credentials, which may be columns
 * @throws IntegrationError `LIST_INVALID`, `LIST_NOT_FOUND`, kind `configuration`, with all
 * problems: also two lines with one name, one outbreak or one root, which would both own its people
 * @example
 * // name,outbreakId,roots,godata
 * // north,3c5d1c6e-6a0e-4f0d-9f3e-8b7a5d1e2f30,DistrictN01,godata-north
 */
export function readList(file: string, credentials: readonly string[]): ListRow[] {
  const text = readText({ path: file, what: 'list', code: 'LIST', fix: FIX_PATH });
  const [columns = [], ...lines] = parseCsvLines(text);
  const found = checkColumns(columns, credentials);
  const problems = found.length > 0 ? found : checkCells(columns, lines);
  if (lines.length === 0) problems.push('It has no lines below the column names.');
  const rows = lines.map(cells => toRow(columns, cells));
  if (problems.length === 0) {
    problems.push(
      ...findTwice(
        'The name',
        rows.map(({ name }) => name),
      ),
      ...findTwice(
        'The outbreak',
        rows.map(({ outbreakId }) => outbreakId),
      ),
      ...findTwice(
        'The root',
        rows.flatMap(({ roots = [] }) => roots),
      ),
    );
  }
  if (problems.length === 0) return rows;
  throw configurationError('LIST_INVALID', `${file} cannot be used: ${problems.join(' ')}`, {
    fix: FIX,
    details: { problems },
  });
}
