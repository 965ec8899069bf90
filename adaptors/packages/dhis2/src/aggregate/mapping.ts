import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import { type OrgUnitMapping, readOrgUnitMapping } from '../org-units/options.js';
import { DEFAULT_MIN_COVERAGE } from './coverage.js';

/** Which rows are counted in a data element, and in which category option combo. */
export interface DataValueMapping {
  /** Id, code or exact name of the data element. */
  dataElement: string;
  /** Dimension → the code or codes that count. A dimension that is not named does not matter. */
  where?: Record<string, string | string[]>;
  /**
   * Dimension → its codes → the category option each means, by id, code or name; `'*'` stands for
   * every code that is not named. One entry for each category of the data element's combo.
   */
  categoryOptions?: Record<string, Record<string, string>>;
}

/** The mapping from counts to one data set. */
export interface AggregateMapping {
  /** Id, code or exact name of the data set. */
  dataSet: string;
  orgUnits?: OrgUnitMapping;
  dataValues: DataValueMapping[];
  /** Dimension → codes that are left out on purpose: `{ classification: ['NOT_A_CASE_DISCARDED'] }`. */
  leaveOut?: Record<string, string | string[]>;
  /** Category options of the attribute option combo, for a data set that has one. */
  attributeOptions?: string[];
  /**
   * Least share of the records, from 0 to 1, that must reach a data value: with less, the run stops
   * before it writes. Records that the mapping names in `leaveOut`, that are outside the window or
   * dated after the day of the run do not count. Default 0.5.
   */
  minCoverage?: number;
}

/** A mapping that was checked against the dimensions of a tally, its lists complete. */
export interface ReadMapping {
  dataSet: string;
  orgUnits: ReturnType<typeof readOrgUnitMapping>;
  dataValues: {
    dataElement: string;
    where: Map<string, Set<string>>;
    categoryOptions: [string, Record<string, string>][];
  }[];
  leaveOut: Map<string, Set<string>>;
  attributeOptions: string[];
  minCoverage: number;
}

/**
 * Checks a mapping.
 *
 * @param dimensions names of the tally's dimensions; without them, any name is taken
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapping(given: AggregateMapping, dimensions?: string[]): ReadMapping {
  refuseUnknownKeys('aggregate mapping', given, [
    'dataSet',
    'orgUnits',
    'dataValues',
    'leaveOut',
    'attributeOptions',
    'minCoverage',
  ]);
  if (typeof given.dataSet !== 'string' || given.dataSet === '') {
    throw badOption('dataSet', 'must be the id, code or name of a data set');
  }
  if (!Array.isArray(given.dataValues) || given.dataValues.length === 0) {
    throw badOption('dataValues', 'must list at least one data element');
  }
  return {
    dataSet: given.dataSet,
    orgUnits: readOrgUnitMapping(given.orgUnits),
    dataValues: given.dataValues.map((entry, i) =>
      readDataValue(entry, `dataValues[${i}]`, dimensions),
    ),
    leaveOut: readConditions(given.leaveOut ?? {}, 'leaveOut', dimensions),
    attributeOptions: readAttributeOptions(given.attributeOptions),
    minCoverage: readMinCoverage(given.minCoverage),
  };
}

function readAttributeOptions(given: unknown): string[] {
  const list = given ?? [];
  if (Array.isArray(list) && list.every(isText)) return list;
  throw badOption(
    'attributeOptions',
    'must be a list of category options, each an id, code or name',
  );
}

const isText = (value: unknown) => typeof value === 'string';

function readMinCoverage(given: unknown = DEFAULT_MIN_COVERAGE): number {
  if (typeof given === 'number' && given >= 0 && given <= 1) return given;
  throw badOption('minCoverage', 'must be a number from 0 to 1', 'Half of the records is 0.5.');
}

function readDataValue(
  entry: DataValueMapping,
  path: string,
  dimensions: string[] | undefined,
): ReadMapping['dataValues'][number] {
  refuseUnknownKeys(path, entry, ['dataElement', 'where', 'categoryOptions']);
  if (typeof entry.dataElement !== 'string' || entry.dataElement === '') {
    throw badOption(`${path}.dataElement`, 'must be the id, code or name of a data element');
  }
  const categoryOptions = Object.entries(entry.categoryOptions ?? {});
  for (const [dimension, table] of categoryOptions) {
    requireDimension(dimension, `${path}.categoryOptions`, dimensions);
    if (
      table === null ||
      typeof table !== 'object' ||
      Object.values(table).some(option => typeof option !== 'string')
    ) {
      throw badOption(`${path}.categoryOptions.${dimension}`, 'must map codes to category options');
    }
  }
  return {
    dataElement: entry.dataElement,
    where: readWhere(entry.where ?? {}, `${path}.where`, dimensions),
    categoryOptions,
  };
}

/** A code that is no text, such as a mistyped name of a constant, would be that of no record. */
function readConditions(
  given: Record<string, string | string[]>,
  path: string,
  dimensions: string[] | undefined,
): Map<string, Set<string>> {
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw badOption(path, 'must be an object', "For example { sex: 'MALE' }.");
  }
  return new Map(
    Object.entries(given).map(([dimension, codes]) => {
      requireDimension(dimension, path, dimensions);
      const list = [codes].flat();
      if (list.every(isText)) return [dimension, new Set(list)];
      throw badOption(`${path}.${dimension}`, 'must be a code or a list of codes, each a text');
    }),
  );
}

function readWhere(
  given: Record<string, string | string[]>,
  path: string,
  dimensions: string[] | undefined,
): Map<string, Set<string>> {
  const where = readConditions(given, path, dimensions);
  const empty = [...where].find(([, codes]) => codes.size === 0);
  if (!empty) return where;
  throw badOption(`${path}.${empty[0]}`, 'lists no code, so no record would be counted');
}

function requireDimension(name: string, path: string, dimensions: string[] | undefined): void {
  if (dimensions && !dimensions.includes(name)) {
    throw badOption(
      `${path}.${name}`,
      'is not a dimension of the counts',
      `Dimensions are: ${dimensions.join(', ') || 'none'}. Add it to the job that counts the cases, or correct the name.`,
    );
  }
}
