import type { ShownJob } from '#runtime/view/mapping/show-mappings.js';

/** Id in DHIS2 → name, of what the rows of the mapping name. */
export type Names = ReadonlyMap<string, string>;

/** The names that the last check found. */
export function namesOf(jobs: readonly ShownJob[]): Names {
  const places = jobs.flatMap(({ rows }) => rows.flatMap(row => row.places));
  return new Map(
    places.flatMap(({ id, name }) => (id !== undefined && name !== undefined ? [[id, name]] : [])),
  );
}

/** A path with the name of the id at its end: `attributes.oindugucx72 (Sex)`. */
export function withName(path: string, names: Names): string {
  const name = names.get(path.slice(path.lastIndexOf('.') + 1));
  return name === undefined ? path : `${path} (${name})`;
}
