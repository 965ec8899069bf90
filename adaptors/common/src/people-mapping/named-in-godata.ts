import { getOrCreate } from '../collections/get-or-create.js';
import { ownOf } from '../collections/own.js';
import type { NamedInGoData, NamedQuestion, Questionnaire } from '../handover/named-in-godata.js';
import { itemsOf } from './codes.js';
import { nameOf, type Part, partsOf } from './parts.js';
import type { PeopleMapping } from './people-mapping.js';
import { codesOf } from './rows.js';

/** The questionnaire whose questions a part names. Contacts of contacts have none in Go.Data. */
export const QUESTIONNAIRES: Readonly<Partial<Record<Part['name'], Questionnaire>>> = {
  case: 'case',
  contact: 'contact',
  labResults: 'labResult',
  followUps: 'followUp',
};

/** Everything in Go.Data that the rows of a mapping name, whichever way they go. */
export function namedInGoData(mapping: PeopleMapping): NamedInGoData {
  const questions = new Map<Questionnaire, Map<string, NamedQuestion>>();
  const items = new Map<string, string[]>();
  for (const part of partsOf(mapping)) {
    const questionnaire = QUESTIONNAIRES[part.name];
    for (const row of part.rows) {
      for (const { codes, variable } of codesOf(row)) {
        if (codes.category === '') continue;
        const name = nameOf(part, row, variable);
        for (const id of itemsOf(codes)) getOrCreate(items, id, () => [] as string[]).push(name);
      }
      if (!questionnaire || !row.answers) continue;
      const own = getOrCreate(questions, questionnaire, () => new Map<string, NamedQuestion>());
      for (const variable of Object.keys(row.answers)) {
        const question = getOrCreate(own, variable, (): NamedQuestion => ({ rows: [] }));
        question.rows.push(nameOf(part, row, variable));
        const codes = ownOf(row.answerCodes, variable);
        if (codes) question.answers = [...(question.answers ?? []), ...itemsOf(codes)];
      }
    }
  }
  const byName = [...questions].map(([name, own]) => [name, Object.fromEntries(own)] as const);
  return { questions: Object.fromEntries(byName), items: Object.fromEntries(items) };
}
