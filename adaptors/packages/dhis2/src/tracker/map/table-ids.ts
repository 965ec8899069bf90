import type { CodeTable } from '#common/handover/code-table.js';
import type { OutbreakPerson } from '#common/handover/fetched-people-batch.js';

/**
 * Creates what puts the ids of a mapping's table in the place of those that Go.Data has given to the
 * items of the same options: Go.Data makes an id of a label, and `options-to-reference-data` knows an
 * item by its code.
 *
 * @param optionCodes reference data id → option code
 * @param vaccines the mapping's table
 */
export function createTableIds(
  optionCodes: Readonly<Record<string, string>>,
  vaccines: CodeTable,
): (person: OutbreakPerson) => OutbreakPerson {
  const idOf = (vaccine: unknown) => {
    const code = typeof vaccine === 'string' ? optionCodes[vaccine] : undefined;
    return (code !== undefined && Object.hasOwn(vaccines, code) && vaccines[code]) || vaccine;
  };
  return person => {
    const { vaccinesReceived } = person.record;
    if (!Array.isArray(vaccinesReceived)) return person;
    const doses = vaccinesReceived.map(dose => ({ ...dose, vaccine: idOf(dose?.vaccine) }));
    return { ...person, record: { ...person.record, vaccinesReceived: doses } };
  };
}
