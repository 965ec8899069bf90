import type { DeclaredRow } from '#common/reporting/declared-row.js';
import type { AggregateMapping, DataValueMapping } from './mapping.js';

/** The data elements of a mapping of counts, for a host that shows them. */
export function declareRows({ dataValues }: AggregateMapping): DeclaredRow[] {
  if (!Array.isArray(dataValues)) return [];
  return dataValues.map(({ dataElement, where = {}, categoryOptions = {} }) => ({
    part: 'dataValues',
    name: `dataValues, ${dataElement}`,
    field: describe(where),
    places: [{ kind: 'dataElement', ref: dataElement }],
    programs: [],
    codes: Object.entries(categoryOptions).map(([category, table]) => ({
      category,
      pairs: Object.entries(table),
    })),
    word: dataElement,
  }));
}

/** `classification=CONFIRMED | PROBABLE, outcome=DECEASED` */
function describe(where: NonNullable<DataValueMapping['where']>): string {
  const conditions = Object.entries(where);
  return conditions.map(([name, codes]) => `${name}=${[codes].flat().join(' | ')}`).join(', ');
}
