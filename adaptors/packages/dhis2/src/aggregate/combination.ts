import { getOrCreate } from '#common/collections/get-or-create.js';
import { MAX_COMBOS, type ReportElement } from '#common/handover/aggregate-report.js';
import { badOption } from '#common/operations/options.js';
import type { ReadMapping } from './mapping.js';

/** A cell of the report without its place and time: a data element, and an index into its option lists. */
export interface Target {
  element: number;
  combo: number;
}

type LeftOutReason = 'left-out-by-mapping' | 'unmapped-code' | 'no-data-value';

/** What happens to all counts with one combination of codes. */
interface CombinationFate {
  targets: Target[];
  /** Set if there is no target. */
  leftOut?: { reason: LeftOutReason; subject: string };
  /**
   * Data elements in which the combination may be missing although other data elements count it;
   * texts for people.
   */
  gaps: string[];
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
  for (const [dataElement, combos] of elements) {
    if (combos.size >= MAX_COMBOS) {
      throw badOption(`categoryOptions of ${dataElement}`, `make ${combos.size} combinations`);
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
 * Creates the function that decides where a combination of codes is counted. It is called once for
 * each combination (some hundred), not for each row.
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
  const conditioned = conditionedDimensions(mapping);
  const everywhere = conditioned.filter(
    dimension => usesOf(mapping, dimension) > mapping.dataValues.length / 2,
  );

  return (codes: string[]): CombinationFate => {
    const codeOf = (dimension: string) => codes[dimensions.indexOf(dimension)]!;
    const inWords = (dimension: string) => `${dimension}=${codeOf(dimension)}`;
    const holds = (conditions: Map<string, Set<string>>) =>
      [...conditions].every(([dimension, allowed]) => allowed.has(codeOf(dimension)));
    const isUnnamed = (dimension: string) => !named.get(dimension)!.has(codeOf(dimension));

    const left = [...mapping.leaveOut].find(([dimension, set]) => set.has(codeOf(dimension)));
    if (left) return leaveOut('left-out-by-mapping', inWords(left[0]));

    const targets: Target[] = [];
    const unmapped: { dataElement: string; subject: string }[] = [];
    for (const { dataElement, where, categoryOptions } of mapping.dataValues) {
      if (!holds(where)) continue;
      const options: string[] = [];
      for (const [dimension, table] of categoryOptions) {
        const code = codeOf(dimension);
        const option = Object.hasOwn(table, code) ? table[code] : table['*'];
        if (option === undefined) unmapped.push({ dataElement, subject: inWords(dimension) });
        else options.push(option);
      }
      if (options.length < categoryOptions.length) continue;
      const element = elementIndex.get(dataElement)!;
      const combo = comboIndex[element]!.get(comboKey(options))!;
      // Two entries for one data element mean "or": a record counts once.
      const isThere = targets.some(other => other.element === element && other.combo === combo);
      if (!isThere) targets.push({ element, combo });
    }
    if (targets.length === 0) {
      const [first] = unmapped;
      if (first) return leaveOut('unmapped-code', first.subject);
      const unnamed = conditioned.find(isUnnamed);
      if (unnamed) return leaveOut('unmapped-code', inWords(unnamed));
      return leaveOut('no-data-value', conditioned.map(inWords).join(' '));
    }
    const gaps = [
      ...unmapped.map(
        ({ dataElement, subject }) =>
          `not in ${dataElement}: ${subject} is not in its categoryOptions`,
      ),
      ...everywhere
        .filter(isUnnamed)
        .map(dimension => `in some data elements only: no where has ${inWords(dimension)}`),
    ];
    return { targets, gaps };
  };
}

function leaveOut(reason: LeftOutReason, subject: string): CombinationFate {
  return { targets: [], gaps: [], leftOut: { reason, subject } };
}

/** The dimensions that conditions name, the most frequent first: a missing code is most likely there. */
function conditionedDimensions(mapping: ReadMapping): string[] {
  const all = new Set(mapping.dataValues.flatMap(({ where }) => [...where.keys()]));
  return [...all].sort((a, b) => usesOf(mapping, b) - usesOf(mapping, a));
}

function usesOf({ dataValues }: ReadMapping, dimension: string): number {
  return dataValues.filter(({ where }) => where.has(dimension)).length;
}

/** Dimension → every code that some condition names. */
function namedCodes(mapping: ReadMapping): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  for (const [dimension, codes] of mapping.dataValues.flatMap(({ where }) => [...where])) {
    const set = getOrCreate(named, dimension, () => new Set<string>());
    for (const code of codes) set.add(code);
  }
  return named;
}
