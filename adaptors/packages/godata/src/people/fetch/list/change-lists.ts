import type { Where } from '#godata/client/query/filter.js';
import { kindOfType, PERSON_TYPES } from '../../person-type.js';

/** The kinds of records whose changes are changes of people, as a cursor names them. */
export type ListName = 'people' | 'relationships' | 'labResults' | 'followUps';

/** A record as it is listed: without its data. */
export interface ListedRecord {
  id: string;
  personId?: string;
  persons?: { id: string; type?: string }[];
  [time: string]: unknown;
}

/** Where one kind of records is listed. */
export interface ChangeList {
  name: ListName;
  /** Below the outbreak. */
  path: string;
  /** What an order calls the id (see `RecordSet.idInOrder`). */
  idInOrder: 'id' | '_id';
  /** What tells whom a record belongs to; the type must be among it, or people come bare (FACTS §5.11). */
  fields: string[];
  where?: Where;
  /** Ids of the people whose change this is. */
  ownersOf(record: ListedRecord): string[];
}

const ofOnePerson = ({ personId }: ListedRecord) => (personId ? [personId] : []);

/** In the order in which they are read: people bring all that belongs to them along. */
export const CHANGE_LISTS: readonly ChangeList[] = [
  {
    name: 'people',
    path: 'people',
    idInOrder: 'id',
    fields: ['type'],
    where: { type: { inq: PERSON_TYPES } },
    ownersOf: ({ id }) => [id],
  },
  {
    name: 'relationships',
    path: 'relationships',
    idInOrder: 'id',
    fields: ['persons'],
    ownersOf: ({ persons = [] }) => persons.filter(isPerson).map(({ id }) => id),
  },
  {
    name: 'labResults',
    path: 'lab-results/aggregate',
    idInOrder: '_id',
    fields: ['personId'],
    ownersOf: ofOnePerson,
  },
  {
    name: 'followUps',
    path: 'follow-ups',
    idInOrder: '_id',
    fields: ['personId'],
    ownersOf: ofOnePerson,
  },
];

function isPerson({ type }: { type?: string }): boolean {
  return kindOfType(type) !== undefined;
}
