import { ownOf } from '#common/collections/own.js';
import type { CodeTable } from '#common/handover/code-table.js';
import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';

/**
 * Creates a function that replaces the ids that Go.Data gave to items by the ids in the mapping's
 * table, for items of the same option. Go.Data computes an id from a label, and
 * `options-to-reference-data` recognises an item by its code.
 *
 * @param optionCodes reference data id → option code
 * @param vaccines the mapping's table
 */
export function createTableIds(
  optionCodes: Readonly<Record<string, string>>,
  vaccines: CodeTable,
): (person: OutbreakPerson) => OutbreakPerson {
  const idOf = (vaccine: unknown) => {
    const code = typeof vaccine === 'string' ? ownOf(optionCodes, vaccine) : undefined;
    return (code !== undefined && Object.hasOwn(vaccines, code) && vaccines[code]) || vaccine;
  };
  return person => {
    const { vaccinesReceived } = person.record;
    if (!Array.isArray(vaccinesReceived)) return person;
    const doses = vaccinesReceived.map(dose => ({ ...dose, vaccine: idOf(dose?.vaccine) }));
    return { ...person, record: { ...person.record, vaccinesReceived: doses } };
  };
}
