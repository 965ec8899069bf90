import type { Where } from '#godata/client/query/filter.js';
import { kindOfType, PERSON_TYPES } from '../../person-type.js';

/** Lists whose changes are changes of people. A cursor uses the same names. */
export type ListName = 'people' | 'relationships' | 'labResults' | 'followUps';

/** A record in a list of changes, without its data. */
export interface ListedRecord {
  id: string;
  personId?: string;
  persons?: { id: string; type?: string }[];
  [time: string]: unknown;
}

/** How to list one kind of records. */
export interface ChangeList {
  name: ListName;
  /** Path below the outbreak. */
  path: string;
  /** Name of the id in `order` (see `RecordSet.idInOrder`). */
  idInOrder: 'id' | '_id';
  /**
   * Fields that name the people of a record. They must include the type; without it people have
   * only their ids (FACTS §5.11).
   */
  fields: string[];
  where?: Where;
  /** Ids of the people to whom the change belongs. */
  ownersOf(record: ListedRecord): string[];
}

const ofOnePerson = ({ personId }: ListedRecord) => (personId ? [personId] : []);

/**
 * The lists, in the order in which they are read. People come first because they are read with all
 * their related records.
 */
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
