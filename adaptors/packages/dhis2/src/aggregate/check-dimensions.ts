import type { DeclaredProblem } from '#common/reporting/declaration.js';
import { groupByCause, type Problem } from '#common/reporting/mapping-problems.js';
import { nearest } from '#common/reporting/nearest.js';
import type { AggregateMapping } from './mapping.js';

/** Dimension → all codes that it can give; null if it can give any. */
export type Dimensions = Readonly<Record<string, readonly string[] | null>>;

/** Every other code: it is not a code itself. */
const ANY_OTHER = '*';

/** One place where a mapping names a dimension and codes of it. */
interface Use {
  path: string;
  dimension: string;
  codes: readonly string[];
}

/** A problem with the word of the mapping that is wrong. */
interface WordProblem extends Problem {
  word: string;
}

/**
 * Dimensions and codes of a mapping that the counts can never have: whoever writes them expects
 * values that never come. A dimension without a list of codes (a classification, to which countries
 * add their own) can have any.
 *
 * @returns problems `BAD_OPTION` (a dimension) and `UNKNOWN_CODE`, each with the nearest that exist
 */
export function checkDimensions(mapping: AggregateMapping, dimensions: Dimensions): WordProblem[] {
  return usesOf(mapping).flatMap(({ path, dimension, codes }) => {
    if (!Object.hasOwn(dimensions, dimension))
      return [unknownDimension(path, dimension, dimensions)];
    const known = dimensions[dimension];
    if (!known) return [];
    return codes
      .filter(code => code !== ANY_OTHER && !known.includes(code))
      .map(code => unknownCode(path, dimension, code, known));
  });
}

/** The same as problems that a host can show beside the text of the job, each cause once. */
export function declareDimensions(
  mapping: AggregateMapping,
  dimensions: Dimensions,
): DeclaredProblem[] {
  const problems = checkDimensions(mapping, dimensions);
  return groupByCause(problems).map(cause => {
    const word = problems.find(({ code, message }) => {
      return code === cause.code && cause.message.startsWith(message);
    })?.word;
    return {
      message: cause.message,
      fix: 'Correct it here, or in the job that counts.',
      ...(word === undefined ? {} : { word }),
    };
  });
}

function usesOf({ dataValues, leaveOut }: AggregateMapping): Use[] {
  return [
    ...dataValues.flatMap(({ where, categoryOptions }, i) => [
      ...conditionsOf(where, `dataValues[${i}].where`),
      ...Object.entries(categoryOptions ?? {}).map(([dimension, table]) => ({
        path: `dataValues[${i}].categoryOptions.${dimension}`,
        dimension,
        codes: Object.keys(table),
      })),
    ]),
    ...conditionsOf(leaveOut, 'leaveOut'),
  ];
}

function conditionsOf(
  conditions: Record<string, string | string[]> | undefined,
  path: string,
): Use[] {
  return Object.entries(conditions ?? {}).map(([dimension, codes]) => ({
    path: `${path}.${dimension}`,
    dimension,
    codes: [codes].flat(),
  }));
}

function unknownDimension(path: string, dimension: string, known: Dimensions): WordProblem {
  const names = Object.keys(known);
  const exist = names.length === 0 ? 'They have none' : `They have: ${near(dimension, names)}`;
  return {
    code: 'BAD_OPTION',
    message: `${path}: "${dimension}" is not a dimension of the counts. ${exist}.`,
    cause: dimension,
    at: path,
    word: dimension,
  };
}

function unknownCode(
  path: string,
  dimension: string,
  code: string,
  known: readonly string[],
): WordProblem {
  return {
    code: 'UNKNOWN_CODE',
    message: `${path}: the counts never have ${dimension}=${code}. They have: ${near(code, known)}.`,
    cause: `${dimension} ${code}`,
    at: path,
    word: code,
  };
}

function near(word: string, words: readonly string[]): string {
  return nearest(word, words, one => [one]).join(', ');
}
