import type { CodedTable } from '../handover/coded-table.js';
import type { Problem } from '../reporting/mapping-problems.js';
import { quoteNamed } from '../reporting/named.js';
import { nearest } from '../reporting/nearest.js';

/** The option set of a place, with the codes of its options. */
export interface OptionSetOfPlace {
  id: string;
  name: string;
  codes: ReadonlySet<string>;
}

/** Options that a message names for a code that does not exist. */
const FEW = 5;

/**
 * Holds the codes of tables against the option sets of their places. A table may be that of several
 * places, with options that only some of them have: a code is a problem if none of them has it. A
 * place without an option set may have any value, so its tables are not checked.
 *
 * @param setOf the option set of an attribute or `<stage>.<data element>`; null: the place has none;
 * undefined: it is not known
 */
export function checkOptions(
  tables: readonly CodedTable[],
  setOf: (path: string) => OptionSetOfPlace | null | undefined,
): Problem[] {
  return tables.flatMap(({ rows, paths, codes }) => {
    const places = paths.map(setOf);
    const sets = [...new Map(places.flatMap(set => (set ? [[set.id, set]] : []))).values()];
    if (sets.length === 0 || places.includes(null)) return [];
    return codes
      .filter(code => !sets.some(set => set.codes.has(code)))
      .flatMap(code => rows.map(row => unknownOption(row, code, sets)));
  });
}

function unknownOption(row: string, code: string, sets: readonly OptionSetOfPlace[]): Problem {
  const known = [...new Set(sets.flatMap(set => [...set.codes]))];
  const near = nearest(code, known, one => [one]).slice(0, FEW);
  const where = `the option set${sets.length > 1 ? 's' : ''} ${quoteNamed(sets)}`;
  const others = known.length > near.length ? `; ${known.length - near.length} more` : '';
  return {
    code: 'UNKNOWN_OPTION',
    message: `${row}: no option of ${where} has the code "${code}". ${near.length > 0 ? `The nearest: ${near.join(', ')}${others}.` : 'There is none.'}`,
    cause: `${sets.map(({ id }) => id).join(' ')} ${code}`,
    at: row,
  };
}
