import type { ReadMapping } from './mapping.js';

/** A cell of the report but for its place and time: a data element and an index into its option lists. */
export interface Target {
  element: number;
  combo: number;
}

/** What becomes of all rows with one combination of codes. */
export interface CombinationFate {
  targets: Target[];
  /** Set when there is no target. */
  leftOut?: { reason: 'left-out-by-mapping' | 'unmapped-code' | 'no-data-value'; subject: string };
  /** Data elements that the rows belong to but whose option table lacks a code: `sex=OTHER`. */
  missing: { dataElement: string; subject: string }[];
}

/** A data element of the report with every list of category options that the mapping can give. */
export interface ReportElement {
  dataElement: string;
  /** Category options as the mapping words them, one list a category option combo. */
  combos: string[][];
}

/** Lists, for each data element of a mapping, all category option combos that it can fill. */
export function reportElements(mapping: ReadMapping): ReportElement[] {
  const elements = new Map<string, Map<string, string[]>>();
  for (const { dataElement, categoryOptions } of mapping.dataValues) {
    const combos = elements.get(dataElement) ?? new Map<string, string[]>();
    elements.set(dataElement, combos);
    for (const options of product(
      categoryOptions.map(([, table]) => [...new Set(Object.values(table))]),
    )) {
      combos.set(comboKey(options), options);
    }
  }
  return [...elements].map(([dataElement, combos]) => ({
    dataElement,
    combos: [...combos.values()],
  }));
}

function product(lists: string[][]): string[][] {
  return lists.reduce<string[][]>(
    (rows, list) => rows.flatMap(row => list.map(item => [...row, item])),
    [[]],
  );
}

function comboKey(options: string[]): string {
  return [...options].sort().join('\u0000');
}

/**
 * Creates the function that decides what becomes of a combination of codes. It is called once a
 * combination, of which there are some hundred, and not once a row.
 */
export function createCombinationReader(
  mapping: ReadMapping,
  dimensions: string[],
  elements: ReportElement[],
) {
  const elementIndex = new Map(elements.map(({ dataElement }, i) => [dataElement, i]));
  const comboIndex = elements.map(
    ({ combos }) => new Map(combos.map((options, i) => [comboKey(options), i])),
  );
  const named = namedCodes(mapping);
  const conditioned = [...new Set(mapping.dataValues.flatMap(({ where }) => [...where.keys()]))];

  return (codes: string[]): CombinationFate => {
    const codeOf = (dimension: string) => codes[dimensions.indexOf(dimension)]!;
    const holds = (conditions: Map<string, Set<string>>) =>
      [...conditions].every(([dimension, allowed]) => allowed.has(codeOf(dimension)));
    for (const [dimension, left] of mapping.leaveOut) {
      if (left.has(codeOf(dimension))) {
        return {
          targets: [],
          missing: [],
          leftOut: { reason: 'left-out-by-mapping', subject: `${dimension}=${codeOf(dimension)}` },
        };
      }
    }
    const fate: CombinationFate = { targets: [], missing: [] };
    for (const { dataElement, where, categoryOptions } of mapping.dataValues) {
      if (!holds(where)) continue;
      const options: string[] = [];
      for (const [dimension, table] of categoryOptions) {
        const code = codeOf(dimension);
        const option = Object.hasOwn(table, code) ? table[code] : table['*'];
        if (option === undefined)
          fate.missing.push({ dataElement, subject: `${dimension}=${code}` });
        else options.push(option);
      }
      if (options.length < categoryOptions.length) continue;
      const element = elementIndex.get(dataElement)!;
      fate.targets.push({ element, combo: comboIndex[element]!.get(comboKey(options))! });
    }
    if (fate.targets.length > 0) return fate;
    const unnamed = conditioned.find(dimension => !named.get(dimension)?.has(codeOf(dimension)));
    if (fate.missing.length > 0)
      return { ...fate, leftOut: { reason: 'unmapped-code', subject: fate.missing[0]!.subject } };
    if (unnamed)
      return {
        ...fate,
        leftOut: { reason: 'unmapped-code', subject: `${unnamed}=${codeOf(unnamed)}` },
      };
    const subject = conditioned.map(dimension => `${dimension}=${codeOf(dimension)}`).join(' ');
    return { ...fate, leftOut: { reason: 'no-data-value', subject } };
  };
}

function namedCodes(mapping: ReadMapping): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  for (const conditions of mapping.dataValues.map(({ where }) => where)) {
    for (const [dimension, codes] of conditions) {
      const set = named.get(dimension) ?? new Set<string>();
      for (const code of codes) set.add(code);
      named.set(dimension, set);
    }
  }
  return named;
}
