import { badOption, refuseUnknownKeys } from '#common/operations/options.js';

/** How a Go.Data location becomes an org unit. */
export interface OrgUnitMapping {
  /**
   * Which ways are tried, in this order: `id`, the location's id is the org unit's; `code`, one of
   * the location's identifiers is the org unit's code; `table`, as the table says.
   * Default `['id', 'code']`, and `table` first if there is one.
   */
  by?: ('id' | 'code' | 'table')[];
  /** Location id → org unit id or code. */
  table?: Record<string, string>;
  /**
   * Level of the org unit tree that counts are reported at, 1 is the root. Default: the nearest org
   * unit, from the location's own upward, that the data set is assigned to.
   */
  level?: number;
}

/**
 * Checks the options of an org unit mapping, and completes them.
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
  if (level !== undefined && !(Number.isInteger(level) && level >= 1)) {
    throw badOption(
      'orgUnits.level',
      'must be a whole number above 0',
      '1 is the root of the tree.',
    );
  }
  return { by, table, ...(level === undefined ? {} : { level }) };
}
