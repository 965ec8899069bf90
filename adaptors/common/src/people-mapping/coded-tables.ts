import { getOrCreate } from '../collections/get-or-create.js';
import type { CodedTable } from '../handover/coded-table.js';
import type { Codes } from './codes.js';
import { namedPlaces, nameOf, type Part, partsOf } from './parts.js';
import type { PeopleMapping } from './people-mapping.js';
import type { Place } from './places.js';
import { codesOf, placesOf, type Row } from './rows.js';
import { pathsOf } from './rows-by-path.js';

/** Collects tables of option codes; a table that several rows have is one. */
export interface CodedTables {
  /** @param name of the row, for messages */
  add(name: string, codes: Codes, places: readonly Place[]): void;
  list(): CodedTable[];
}

/** Creates an empty list. */
export function createCodedTables(): CodedTables {
  const found = new Map<Codes, { rows: Set<string>; paths: Set<string> }>();
  return {
    add(name, codes, places) {
      const { rows, paths } = getOrCreate(found, codes, () => ({
        rows: new Set<string>(),
        paths: new Set<string>(),
      }));
      rows.add(name);
      for (const path of places.flatMap(pathsOf)) paths.add(path);
    },
    list: () =>
      [...found].map(([{ ids }, { rows, paths }]) => ({
        rows: [...rows],
        paths: [...paths],
        codes: Object.keys(ids),
      })),
  };
}

/**
 * The tables that the rows of a mapping have, whichever way the rows go: those of fields and those
 * of answers.
 *
 * @param mapping with ids, see `resolve-names.ts`
 */
export function codedTables(mapping: PeopleMapping): CodedTable[] {
  const tables = createCodedTables();
  for (const part of partsOf(mapping)) {
    for (const row of part.rows) {
      for (const { codes, variable } of codesOf(row)) {
        tables.add(nameOf(part, row, variable), codes, placesOfTable(part, row, variable));
      }
    }
  }
  return tables.list();
}

/** The places whose values a table translates: of an answer, its own. */
function placesOfTable(part: Part, row: Row, variable: string | undefined): Place[] {
  if (variable === undefined) return placesOf(row);
  const name = nameOf(part, row, variable);
  return namedPlaces(part, row).flatMap(one => (one.name === name ? [one.place] : []));
}
