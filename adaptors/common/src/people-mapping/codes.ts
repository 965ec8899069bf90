import type { CodeTable } from '../handover/code-table.js';
import { prefixOf, referenceIds } from '../operations/reference-ids.js';

/** Option codes and reference data that mean the same, read both ways. */
export interface Codes {
  readonly kind: 'codes';
  /** Empty for the answers of a questionnaire. */
  readonly category: string;
  /** Option code → reference data id; null: Go.Data has no item for the code. */
  readonly ids: CodeTable;
  /** Reference data id → the option code to write; null: DHIS2 has no option for the item. */
  readonly back: CodeTable;
  /** Whether items that are named nowhere have no option, and nobody needs to hear of it. */
  readonly ignoresOthers: boolean;
}

/** Stands for every item that a table does not name. */
const OTHERS = '*';

type Table = Readonly<Record<string, string | null>>;

/**
 * Option codes and the reference data that mean the same. The table is read from left to right on
 * the way to Go.Data, and from right to left on the way to DHIS2. Without a category, the items are
 * the values of a question's answers.
 *
 * @public
 * @function
 * @param {string} [category] - `GENDER`, `OUTCOME`, `CASE_CLASSIFICATION`...
 * @param {object} table - Option code → item without its category; null: Go.Data has no item for the
 * code, and the field stays empty
 * @param {object} [back] - Where the table is not one to one: item → the code that is written to
 * DHIS2; null: DHIS2 has no option for the item, and keeps its own value. `'*'`: null says so of
 * every other item
 * @returns {Codes}
 * @example
 * codes('OUTCOME', { HEALTHY: 'ALIVE', NOT_RECOVERED: 'ALIVE', DEATH: 'DECEASED', OTHER: null },
 *   { ALIVE: 'NOT_RECOVERED' })
 * @example <caption>Answers of a questionnaire</caption>
 * answers(clinical, { fever: 'EWZcuvPOrJF' }, { codes: { fever: codes({ YES: 'Y', NO: 'N' }) } })
 */
export function codes(category: string, table: Table, back?: Table): Codes;
export function codes(table: Table, back?: Table): Codes;
export function codes(first: string | Table, ...rest: (Table | undefined)[]): Codes {
  return typeof first === 'string'
    ? createCodes(first, rest[0] as Table, rest[1])
    : createCodes('', first, rest[0]);
}

function createCodes(category: string, table: Table, back: Table = {}): Codes {
  const { [OTHERS]: others, ...named } = back;
  const written: Record<string, string | null> = Object.create(null);
  for (const [item, code] of Object.entries(named)) written[`${prefixOf(category)}${item}`] = code;
  return {
    kind: 'codes',
    category,
    ids: referenceIds(category, table),
    back: written,
    ignoresOthers: others === null,
  };
}

/** All items that a table names, in either direction. */
export function itemsOf({ ids, back }: Codes): string[] {
  const items = [...Object.values(ids), ...Object.keys(back)];
  return [...new Set(items.filter(item => item !== null))];
}

/** The option code that is written for an item; undefined if there is none. */
export function codeToWrite({ ids, back }: Codes, item: string): string | undefined {
  if (Object.hasOwn(back, item)) return back[item] ?? undefined;
  return Object.keys(ids).find(code => ids[code] === item);
}

/** Items with several codes of which none is said to be written, each with its codes. */
export function ambiguousCodes({
  ids,
  back,
  category,
}: Codes): { item: string; codes: string[] }[] {
  const byItem = new Map<string, string[]>();
  for (const [code, id] of Object.entries(ids)) {
    if (id !== null) byItem.set(id, [...(byItem.get(id) ?? []), code]);
  }
  return [...byItem]
    .filter(([id, all]) => all.length > 1 && !Object.hasOwn(back, id))
    .map(([id, all]) => ({ item: withoutCategory(id, category), codes: all }));
}

/** Codes in `back` that the table does not have, or has for another item. */
export function wrongBackCodes({ ids, back }: Codes): string[] {
  return [...new Set(Object.values(back))].filter(
    (code): code is string => code !== null && !Object.hasOwn(ids, code),
  );
}

/** The table in the order in which a writing step must see it: the code to write comes first. */
export function tableToWrite({ ids, back }: Codes): CodeTable {
  const isWritten = ([code, id]: readonly [string, string | null]) =>
    id !== null && Object.hasOwn(back, id) && back[id] === code;
  const entries = Object.entries(ids);
  const table: Record<string, string | null> = Object.create(null);
  for (const [code, id] of entries.filter(isWritten)) table[code] = id;
  for (const [code, id] of entries) table[code] ??= id;
  return table;
}

function withoutCategory(id: string, category: string): string {
  return id.slice(prefixOf(category).length);
}
