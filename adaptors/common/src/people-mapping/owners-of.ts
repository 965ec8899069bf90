import { emptyTable } from '../collections/own.js';
import type { FieldOwner, OwnerTable } from '../handover/owners.js';
import { pathOf } from './places.js';
import { goesToDhis2, type Row } from './rows.js';

/**
 * The owner table of the rows of a kind of people. Answers that go both ways are one field: a
 * conflict is about the questionnaire. Answers that only Go.Data gets are a field each.
 *
 * @param rows with ids, see `resolve-names.ts`
 */
export function ownersOf(rows: readonly Row[]): OwnerTable {
  const table = emptyTable<FieldOwner>();
  const bothWays = emptyTable<string>();
  for (const row of rows) {
    const { field, owner, places, answers = {} } = row;
    const entries = Object.entries(answers);
    if (row.answers && goesToDhis2(row)) {
      for (const [variable, place] of entries) bothWays[variable] = pathOf(place);
      table.questionnaireAnswers = { owner, dhis2: { ...bothWays } };
    } else if (row.answers) {
      for (const [variable] of entries) table[`questionnaireAnswers.${variable}`] = { owner };
    } else if (goesToDhis2(row)) {
      const paths = places.map(pathOf);
      table[field] = { owner, dhis2: paths.length === 1 ? paths[0]! : paths };
    } else table[field.replace(/^documents\..*/, 'documents')] = { owner };
  }
  return { ...table };
}
