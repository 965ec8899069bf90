import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { type Place, pathOf } from '#common/people-mapping/places.js';
import type { Row } from '#common/people-mapping/rows.js';

/** A fact of a mapping: a field of a list of rows, and the places that give it. */
interface Fact {
  name: string;
  places: string[];
}

function factsOf(mapping: PeopleMapping): Fact[] {
  const { labResults, relationship, followUps } = mapping;
  const lists: [string, readonly Row[] | undefined][] = [
    ['case', mapping.case.rows],
    ['contact', mapping.contact?.rows],
    ['labResults', labResults?.rows],
    ['relationship', relationship?.rows],
    ['followUps', followUps?.rows],
  ];
  return lists.flatMap(([list, rows = []]) =>
    rows.flatMap(row =>
      Object.entries<readonly Place[]>(
        row.answers
          ? Object.fromEntries(Object.entries(row.answers).map(([name, place]) => [name, [place]]))
          : { '': row.places },
      ).map(([variable, places]) => ({
        name: `${list}.${row.field}${variable ? `.${variable}` : ''}`,
        places: places.map(pathOf),
      })),
    ),
  );
}

/** How a draft compares with the mapping that people wrote for the same programs. */
export interface Score {
  /** Facts of the mapping. */
  facts: number;
  right: string[];
  /** Rows of the draft that the mapping does not have, or has at another place. */
  wrong: string[];
  /** Facts for which the draft has no row. */
  missing: string[];
}

/** A row is right if the mapping has a row for its field that reads all its places. */
export function score(draft: PeopleMapping, truth: PeopleMapping): Score {
  const facts = factsOf(truth);
  const drafted = factsOf(draft).filter(({ places }) => places.length > 0);
  const isRight = ({ name, places }: Fact) =>
    facts.some(fact => fact.name === name && places.every(place => fact.places.includes(place)));
  const right = drafted.filter(isRight).map(({ name }) => name);
  return {
    facts: facts.length,
    right,
    wrong: drafted.filter(fact => !isRight(fact)).map(({ name, places }) => `${name} ← ${places}`),
    missing: facts.map(({ name }) => name).filter(name => !right.includes(name)),
  };
}
