import { vi } from 'vitest';
import type { CodeTable } from '#common/handover/code-table.js';
import * as forms from '#common/people-mapping/index.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';

/** The mapping of people that the project ships. */
export interface ShippedMapping {
  mapping: PeopleMapping;
  /** Its tables of reference data, by category. */
  tables: { category: string; table: CodeTable }[];
}

let shipped: Promise<ShippedMapping> | undefined;

/** The mapping, loaded once for all test files of a process: a second import would not run it again. */
export function loadShippedMapping(): Promise<ShippedMapping> {
  shipped ??= readShippedMapping();
  return shipped;
}

/** Runs the job with the adaptor's functions as globals: OpenFn's compiler would import them. */
async function readShippedMapping(): Promise<ShippedMapping> {
  const tables: ShippedMapping['tables'] = [];
  let mapping: PeopleMapping | undefined;
  for (const [name, form] of Object.entries(forms)) vi.stubGlobal(name, form);
  vi.stubGlobal('codes', (...given: Parameters<typeof forms.codes>) => {
    const made = forms.codes(...given);
    tables.push({ category: made.category, table: made.ids });
    return made;
  });
  vi.stubGlobal('mapPeople', (given: PeopleMapping) => {
    mapping = given;
  });
  await import(new URL('../../jobs/people/map-people.js', import.meta.url).href);
  vi.unstubAllGlobals();
  return { mapping: mapping!, tables };
}
