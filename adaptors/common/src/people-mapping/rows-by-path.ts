import { getOrCreate } from '../collections/get-or-create.js';
import type { DescribedOutbreak } from '../handover/described-outbreak.js';
import { QUESTIONNAIRES } from './named-in-godata.js';
import { namedPlaces, partsOf } from './parts.js';
import type { PeopleMapping } from './people-mapping.js';
import { type Place, SOURCE } from './places.js';
import { goesToDhis2 } from './rows.js';

/**
 * The rows that write to DHIS2, by the attribute or `<stage>.<data element>` that they write, so
 * that a step which knows places only can name the rows in its messages.
 *
 * @param mapping with ids, see `resolve-names.ts`
 */
export function rowsByPath(mapping: PeopleMapping): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (const part of partsOf(mapping)) {
    for (const row of part.rows.filter(goesToDhis2)) {
      for (const { place, name } of namedPlaces(part, row)) {
        for (const path of pathsOf(place))
          getOrCreate(found, path, () => [] as string[]).push(name);
      }
    }
  }
  return Object.fromEntries(found);
}

/**
 * The paths of the answers that are numbers.
 *
 * @param numbers by questionnaire: the variables of the questions that ask for a number
 */
export function numberPaths(
  mapping: PeopleMapping,
  numbers: DescribedOutbreak['numbers'] = {},
): string[] {
  const paths = partsOf(mapping).flatMap(({ name, rows }) => {
    const questionnaire = QUESTIONNAIRES[name];
    const variables = questionnaire ? (numbers[questionnaire] ?? []) : [];
    return rows
      .filter(goesToDhis2)
      .flatMap(({ answers = {} }) =>
        Object.entries(answers).flatMap(([variable, place]) =>
          variables.includes(variable) ? pathsOf(place) : [],
        ),
      );
  });
  return [...new Set(paths)];
}

/** The org units that rows name for people without a location, each with its rows. */
export function rowsByOrgUnit(mapping: PeopleMapping): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (const part of partsOf(mapping)) {
    for (const row of part.rows.filter(goesToDhis2)) {
      for (const { place, name } of namedPlaces(part, row)) {
        const named = place.kind === 'orgUnit' ? place.otherwise : [];
        for (const ref of named.filter(one => one !== SOURCE)) {
          getOrCreate(found, ref, () => [] as string[]).push(name);
        }
      }
    }
  }
  return Object.fromEntries(found);
}

/** The paths of a place: an attribute's id, or `<stage>.<data element>` for each of its stages. */
export function pathsOf(place: Place): string[] {
  if (place.kind === 'attribute') return [place.ref];
  return place.kind === 'element' ? place.stages.map(({ ref }) => `${ref}.${place.ref}`) : [];
}
