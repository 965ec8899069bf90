import { ownOf } from '#common/collections/own.js';
import type {
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { nearest } from '#common/reporting/nearest.js';
import { isCoded } from '../values.js';
import { checkReadable } from './check-access.js';
import type { Checked } from './checked.js';
import type { FieldDefinition } from './metadata.js';
import { label } from './note.js';

/** Options that a message lists for a code that does not exist. */
const FEW = 5;

/** Checks a value of an attribute or of a data element. */
export function checkField(
  checked: Checked,
  what: 'attribute' | 'data element',
  field: FieldDefinition,
  value: MappedValue,
): void {
  checkReadable(checked.note, what, field);
  checkOptions(checked, what, field, value);
}

/** Compares the codes that a table would write with the options that DHIS2 has for the field. */
function checkOptions(
  { batch, metadata, note, pairs, told }: Checked,
  what: 'attribute' | 'data element',
  field: FieldDefinition,
  value: MappedValue,
): void {
  if (!isCoded(value) || pairs.has(`${field.id} ${value.table}`)) return;
  pairs.add(`${field.id} ${value.table}`);
  const at = `${what} ${label(field)}`;
  const table = ownOf(batch.tables, value.table);
  if (!table) {
    note('UNKNOWN_TABLE', `The ${at} has a table "${value.table}", which does not exist.`, {
      cause: value.table,
      at,
    });
    return;
  }
  const set = metadata.optionSets.get(field.optionSet?.id ?? '');
  if (!set) return;
  const codes = (set.options ?? []).map(({ code }) => code);
  const missing = writtenCodes(table).filter(
    code => !codes.includes(code) && !told.has(`${set.id} ${code}`),
  );
  if (missing.length === 0) return;
  const near = nearest(missing[0]!, codes, code => [code]).slice(0, FEW);
  note(
    'UNKNOWN_OPTION',
    `The table "${value.table}" has codes that are not in the option set ${label(set)} of the ${at}: ${missing.join(', ')}. It has: ${near.join(', ')}${codes.length > near.length ? `; ${codes.length - near.length} more` : ''}.`,
    { cause: `${value.table} ${set.id}`, at },
  );
}

/** The codes that a table writes: of several for one item, the first. */
function writtenCodes(table: MappedTrackedEntityBatch['tables'][string]): string[] {
  const written = new Map<string, string>();
  for (const [code, id] of Object.entries(table)) {
    if (id !== null && !written.has(id)) written.set(id, code);
  }
  return [...written.values()];
}
