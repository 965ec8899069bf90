import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { type Place, pathOf } from '#common/people-mapping/places.js';
import type { Row } from '#common/people-mapping/rows.js';

/** A fact of a mapping: a field of a list of rows, and the places that give it. */
interface Fact {
  name: string;
  places: string[];
}

/** Ids that the functions of a row read, where it names no places. */
function idsOf({ places, answers, toGoData }: Row): string[] {
  if (answers || places.length > 0) return [];
  return [...new Set(String(toGoData ?? '').match(/(?<=')[A-Za-z][A-Za-z0-9]{10}(?=')/g) ?? [])];
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
        places: [...places.map(pathOf), ...idsOf(row)],
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
  /** Option codes that mean another item than in the mapping. */
  wrongCodes: string[];
}

/** The tables of option codes of a mapping, by field. */
function tablesOf({ case: { rows }, labResults }: PeopleMapping): Map<string, Row['codes']> {
  return new Map([...rows, ...(labResults?.rows ?? [])].map(row => [row.field, row.codes]));
}

function wrongCodesOf(draft: PeopleMapping, truth: PeopleMapping): string[] {
  const truths = tablesOf(truth);
  return [...tablesOf(draft)].flatMap(([field, codes]) => {
    const ids = truths.get(field)?.ids ?? {};
    return Object.entries(codes?.ids ?? {})
      .filter(([code, id]) => id !== null && ids[code] !== undefined && ids[code] !== id)
      .map(([code, id]) => `${field}: ${code} is ${id}`);
  });
}

/**
 * A row is right if the mapping has a row for its field that reads all its places. A row without any
 * place is only counted where the mapping's has none either.
 */
export function score(draft: PeopleMapping, truth: PeopleMapping): Score {
  const facts = factsOf(truth);
  const isComputed = (name: string) =>
    facts.some(fact => fact.name === name && fact.places.length === 0);
  const drafted = factsOf(draft).filter(
    ({ name, places }) => places.length > 0 || isComputed(name),
  );
  const isRight = ({ name, places }: Fact) =>
    facts.some(fact => fact.name === name && places.every(place => fact.places.includes(place)));
  const right = drafted.filter(isRight).map(({ name }) => name);
  return {
    facts: facts.length,
    right,
    wrong: drafted.filter(fact => !isRight(fact)).map(({ name, places }) => `${name} ← ${places}`),
    missing: facts.map(({ name }) => name).filter(name => !right.includes(name)),
    wrongCodes: wrongCodesOf(draft, truth),
  };
}
