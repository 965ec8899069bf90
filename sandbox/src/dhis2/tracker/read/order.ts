import { sortBy } from '../../sort-by.js';
import { sandboxRefusal } from '../../web-message.js';
import type { TrackerStore } from '../store/tracker-store.js';
import type { TrackerKind, TrackerObjects } from '../types.js';
import type { TrackerParams } from './params.js';

/** Fields that lists can be ordered by. */
const ORDERABLE: { readonly [K in TrackerKind]: readonly string[] } = {
  trackedEntities: [
    'createdAt',
    'createdAtClient',
    'inactive',
    'trackedEntity',
    'updatedAt',
    'updatedAtClient',
  ],
  enrollments: [
    'completedAt',
    'createdAt',
    'createdAtClient',
    'enrolledAt',
    'updatedAt',
    'updatedAtClient',
  ],
  events: [
    'attributeOptionCombo',
    'completedAt',
    'createdAt',
    'createdAtClient',
    'deleted',
    'enrollment',
    'event',
    'followUp',
    'occurredAt',
    'orgUnit',
    'programStage',
    'scheduledAt',
    'status',
    'updatedAt',
    'updatedAtClient',
  ],
  relationships: ['createdAt', 'createdAtClient'],
};

/** Orders that DHIS2 has and the sandbox has not. */
const NOT_MODELLED: readonly string[] = [
  'assignedUser',
  'assignedUserDisplayName',
  'completedBy',
  'createdBy',
  'enrollmentStatus',
  'program',
  'storedBy',
  'updatedBy',
];

/** Sorts after every text, as a database puts what is missing. */
const MISSING = '\uffff';

/**
 * All objects of a kind in the order that is asked for; without one, as the version has them. Ties
 * stay as they are stored.
 *
 * @throws Refusal when the order is none
 */
export function orderedObjects<K extends TrackerKind>(
  store: TrackerStore,
  params: TrackerParams,
  kind: K,
  isNewestFirst: boolean,
): readonly TrackerObjects[K][] {
  const terms = params.list('order').map(term => parseTerm(params, kind, term));
  if (terms.length === 0) {
    if (!isNewestFirst) return store.list(kind);
    return store.ordered(kind, 'newest first', all => [...all].reverse());
  }
  return store.ordered(kind, JSON.stringify(terms), all =>
    sortBy(
      all,
      terms.map(({ name, isDescending }) => ({ read: readerOf(name), isDescending })),
    ),
  );
}

function parseTerm(params: TrackerParams, kind: TrackerKind, term: string) {
  const [, name = '', direction = 'asc'] = /^(\w+)(?::(asc|desc))?$/i.exec(term) ?? [];
  const fields = ORDERABLE[kind];
  if (fields.includes(name)) return { name, isDescending: direction.toLowerCase() === 'desc' };
  const isUid = /^[a-zA-Z][a-zA-Z0-9]{10}$/.test(name);
  if (NOT_MODELLED.includes(name) || isUid || name === 'enrolledAt') {
    throw sandboxRefusal(400, `the order "${term}" of ${kind}`);
  }
  throw params.bad(
    `order parameter is invalid. Cannot order by '${name || term}'. Supported fields are '${fields.join(', ')}'. All of which can at most be specified once.`,
  );
}

function readerOf(name: string): (object: object) => string {
  return object => {
    const value = (object as Record<string, unknown>)[name];
    return value === undefined ? MISSING : String(value);
  };
}
