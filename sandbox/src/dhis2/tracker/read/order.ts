import { Refusal, sandboxRefusal } from '../../http/web-message.js';
import { sortBy } from '../../store/sort-by.js';
import type { Dialect } from '../../versions/dialect.js';
import type { TrackerStore } from '../store/tracker-store.js';
import type { TrackerKind, TrackerObjects } from '../types.js';
import type { ReadDialect } from './dialect.js';
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

/** Further fields that the refusal of an order lists, and the sandbox does not support (292). */
const ALSO_NAMED: { readonly [K in TrackerKind]?: readonly string[] } = {
  trackedEntities: ['enrolledAt'],
};

/** Orders that DHIS2 supports and the sandbox does not. */
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

/** Sorts after every text, as a database sorts missing values. */
const MISSING = '\uffff';

/**
 * All objects of a kind in the requested order, or in the default order of the version. The version
 * also decides which of several equal objects comes first (dhis2 LIVE 228).
 *
 * @throws Refusal when the order is not valid, or causes an error in the version
 */
export function orderedObjects<K extends TrackerKind>(
  store: TrackerStore,
  params: TrackerParams,
  kind: K,
  { tracker: { isNewestFirst, read } }: Dialect,
): readonly TrackerObjects[K][] {
  const terms = params.list('order').map(term => parseTerm(params, kind, term, read));
  if (new Set(terms.map(({ name }) => name)).size < terms.length) {
    throw params.bad(cannotOrder(kind, terms.map(({ name }) => name).join(', ')));
  }
  if (terms.length === 0) {
    if (!isNewestFirst) return store.list(kind);
    return store.ordered(kind, 'newest first', all => [...all].reverse());
  }
  return store.ordered(kind, JSON.stringify(terms), all =>
    sortBy(
      read.ties === 'newest' ? [...all].reverse() : all,
      terms.map(({ name, isDescending }) => ({ read: readerOf(name), isDescending })),
    ),
  );
}

function parseTerm(params: TrackerParams, kind: TrackerKind, term: string, read: ReadDialect) {
  const [, name = '', direction = 'asc'] = /^(\w+)(?::(asc|desc))?$/i.exec(term) ?? [];
  const broken = read.brokenOrders.find(one => one.kind === kind && one.fields.includes(name));
  if (broken) throw new Refusal(409, broken.refusal);
  const fields = ORDERABLE[kind];
  if (fields.includes(name)) return { name, isDescending: direction.toLowerCase() === 'desc' };
  const isUid = /^[a-zA-Z][a-zA-Z0-9]{10}$/.test(name);
  if (NOT_MODELLED.includes(name) || isUid || name === 'enrolledAt') {
    throw sandboxRefusal(400, `the order "${term}" of ${kind}`);
  }
  throw params.bad(cannotOrder(kind, name || term));
}

function cannotOrder(kind: TrackerKind, name: string): string {
  const fields = [...ORDERABLE[kind], ...(ALSO_NAMED[kind] ?? [])].sort().join(', ');
  const others = kind === 'trackedEntities' ? 'attribute UIDs and ' : '';
  return `order parameter is invalid. Cannot order by '${name}'. Supported are ${others}fields '${fields}'. All of which can at most be specified once.`;
}

function readerOf(name: string): (object: object) => string {
  return object => {
    const value = (object as Record<string, unknown>)[name];
    return value === undefined ? MISSING : String(value);
  };
}
