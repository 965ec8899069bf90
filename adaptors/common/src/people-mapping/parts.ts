import type { PeopleMapping } from './people-mapping.js';
import { placesOf, type Row } from './rows.js';
import { type FieldTypes, fieldsOfRows } from './writable.js';

/** A kind of people in a mapping. */
export type PersonPart = 'case' | 'contact' | 'contactOfContact';

/** A list of rows in a mapping. */
export interface Part {
  /** Its name in the mapping: `case`, `labResults`... */
  name: PersonPart | 'relationship' | 'labResults' | 'followUps';
  rows: readonly Row[];
  /** The fields that its rows may name. */
  fields: FieldTypes;
  /** The kinds of people whose programs hold its places; the first that has one counts. */
  programs: readonly PersonPart[];
}

/** The lists of rows of a mapping. */
export function partsOf(mapping: PeopleMapping): Part[] {
  const { relationship, labResults, followUps } = mapping;
  const parts: (Part | undefined)[] = [
    ...(['case', 'contact', 'contactOfContact'] as const).map((name): Part | undefined => {
      const kind = mapping[name];
      if (!kind) return undefined;
      const fields = fieldsOfRows(name === 'case' ? 'case' : 'contact');
      return { name, rows: kind.rows, fields, programs: [name] };
    }),
    relationship && {
      name: 'relationship',
      rows: relationship.rows,
      fields: fieldsOfRows('relationship'),
      programs: ['contact', 'contactOfContact', 'case'],
    },
    labResults && {
      name: 'labResults',
      rows: labResults.rows,
      fields: fieldsOfRows('labResult'),
      programs: ['case', 'contact', 'contactOfContact'],
    },
    followUps && {
      name: 'followUps',
      rows: followUps.rows,
      fields: fieldsOfRows('followUp'),
      programs: ['contact', 'contactOfContact', 'case'],
    },
  ];
  return parts.filter(part => part !== undefined);
}

/** A row's name in messages: `contact, row dob`; for answers, the variable as well. */
export function nameOf({ name }: Pick<Part, 'name'>, { field }: Row, variable?: string): string {
  return `${name}, row ${field}${variable === undefined ? '' : `.${variable}`}`;
}

/** The places of a row, each with its name in messages. */
export function namedPlaces(part: Part, row: Row) {
  const { answers } = row;
  return answers
    ? Object.entries(answers).map(([variable, place]) => ({
        place,
        name: nameOf(part, row, variable),
      }))
    : placesOf(row).map(place => ({ place, name: nameOf(part, row) }));
}
