import { badOption, refuseUnknownKeys } from '#common/operations/options.js';

/** How to find the org unit of a Go.Data location. */
export interface OrgUnitMapping {
  /**
   * The ways to find it, in the order to try them. `id`: the location's id is the id of the org
   * unit. `code`: one of the location's identifiers is the code of the org unit. `table`: the table
   * names it. Default `['id', 'code']`, with `table` first if there is a table.
   */
  by?: ('id' | 'code' | 'table')[];
  /** Location id → id, code or exact name of the org unit. */
  table?: Record<string, string>;
  /**
   * Level of the org unit tree at which counts are reported; 1 is the root. Default: the org unit
   * to which the data set is assigned that is nearest to the location, from its own upward.
   */
  level?: number;
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration)
 */
export function readOrgUnitMapping(
  given: OrgUnitMapping = {},
): Required<Pick<OrgUnitMapping, 'by' | 'table'>> & OrgUnitMapping {
  refuseUnknownKeys('orgUnits', given, ['by', 'table', 'level']);
  const { table = {}, level } = given;
  const by = given.by ?? (given.table ? ['table', 'id', 'code'] : ['id', 'code']);
  if (
    !Array.isArray(by) ||
    by.length === 0 ||
    by.some(way => !['id', 'code', 'table'].includes(way))
  ) {
    throw badOption(
      'orgUnits.by',
      "must be a list of 'id', 'code' and 'table'",
      "For example ['id', 'code'].",
    );
  }
  const isTable = typeof table === 'object' && table !== null;
  if (!isTable || !Object.values(table).every(word => typeof word === 'string')) {
    throw badOption('orgUnits.table', 'must give the id, code or name of an org unit by location');
  }
  if (level !== undefined && !(Number.isInteger(level) && level >= 1)) {
    throw badOption(
      'orgUnits.level',
      'must be a whole number above 0',
      '1 is the root of the tree.',
    );
  }
  return { by, table, ...(level === undefined ? {} : { level }) };
}
