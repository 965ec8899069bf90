import type { Dhis2Store } from '../store.js';
import type { CollectionName, DataShared, MetadataObject, SeedUser } from '../types.js';
import { canRead, canWriteData, isSuperuser } from '../users.js';
import type { ModelName } from './model.js';

/** Any object that an answer holds. */
export type Json = Readonly<Record<string, unknown>>;

/** Who reads from what. */
export interface Reader {
  store: Dhis2Store;
  user: SeedUser;
}

/** When metadata was set up that does not say so itself. */
const SETUP_TIME = '2024-01-15T08:00:00.000';

/** Properties that are worked out when they are read, by model. */
const COMPUTED: { [M in ModelName]?: Record<string, (reader: Reader, object: Json) => unknown> } = {
  organisationUnits: {
    path: ({ store }, { id }) => store.metadata.orgUnits.path(id as string),
    level: ({ store }, { id }) => store.metadata.orgUnits.level(id as string),
    leaf: ({ store }, { id }) => !store.metadata.orgUnits.hasChildren(id as string),
    children: ({ store }, { id }) => toRefs(store.metadata.orgUnits.children(id as string)),
    ancestors: ({ store }, { id }) => toRefs(store.metadata.orgUnits.ancestors(id as string)),
    dataSets: ({ store }, { id }) => owners(store, 'dataSets', 'organisationUnits', id),
    // Dates of an org unit are written with a time (dhis2 FACTS §3).
    openingDate: ({ store }, { openingDate }) => timeOf(store, openingDate ?? '1970-01-01'),
    closedDate: ({ store }, { closedDate }) => timeOf(store, closedDate),
  },
  categoryOptions: {
    categories: ({ store }, { id }) => owners(store, 'categories', 'categoryOptions', id),
  },
  categories: {
    categoryCombos: ({ store }, { id }) => owners(store, 'categoryCombos', 'categories', id),
  },
  categoryCombos: {
    categoryOptionCombos: ({ store }, { id }) =>
      store.metadata
        .list('categoryOptionCombos')
        .filter(({ categoryCombo }) => categoryCombo.id === id),
  },
  dataElements: {
    dataSetElements: ({ store }, { id }) =>
      store.metadata
        .list('dataSets')
        .flatMap(dataSet =>
          dataSet.dataSetElements
            .filter(({ dataElement }) => dataElement.id === id)
            .map(element => ({ ...element, dataSet: { id: dataSet.id } })),
        ),
  },
  dataSets: {
    dataSetElements: (_, { id, dataSetElements }) =>
      (dataSetElements as Json[]).map(element => ({ ...element, dataSet: { id } })),
    dataInputPeriods: (_, { dataInputPeriods }) => dataInputPeriods ?? [],
  },
  users: {
    name: (_, { username }) => username,
    displayName: (_, { username }) => username,
    dataViewOrganisationUnits: (_, { organisationUnits }) => organisationUnits,
    teiSearchOrganisationUnits: (_, { organisationUnits }) => organisationUnits,
  },
};

/** Properties that are worked out alike for every model. */
const COMPUTED_FOR_ALL: Record<
  string,
  (reader: Reader, object: Json, model: ModelName) => unknown
> = {
  displayName: (_, { name }) => name,
  displayShortName: (_, { shortName, name }) => shortName ?? name,
  shortName: (_, { shortName, name }) => shortName ?? name,
  isDefault: (_, { name }) => name === 'default',
  created: ({ store }, { created }) => timeOf(store, created ?? SETUP_TIME),
  lastUpdated: ({ store }, { lastUpdated }) => timeOf(store, lastUpdated ?? SETUP_TIME),
  access: ({ user }, object, model) => accessOf(user, object as unknown as DataShared, model),
};

/**
 * Reads a property of objects of a model, refs as stored; undefined where an object has none.
 *
 * @example
 * const levelOf = readerOf('organisationUnits', 'level');
 * levelOf(reader, unit); // 3
 */
export function readerOf(
  model: ModelName,
  name: string,
): (reader: Reader, object: Json) => unknown {
  const compute = COMPUTED[model]?.[name];
  if (compute) return compute;
  const common = COMPUTED_FOR_ALL[name];
  if (common) return (reader, object) => common(reader, object, model);
  return (_, object) => object[name];
}

/** The object behind a ref; undefined when it is not there or the reader must not see it. */
export function resolveRef(
  { store, user }: Reader,
  collection: CollectionName,
  { id }: Json,
): Json | undefined {
  const object: MetadataObject | undefined = store.metadata.get(collection, id as string);
  return object && canRead(user, object) ? (object as unknown as Json) : undefined;
}

function toRefs(ids: readonly string[]): Json[] {
  return ids.map(id => ({ id }));
}

/** Refs to the objects of a collection that hold a ref to `id` in a property. */
function owners(
  { metadata }: Dhis2Store,
  collection: 'dataSets' | 'categories' | 'categoryCombos',
  property: string,
  id: unknown,
): Json[] {
  const all = metadata.list(collection) as unknown as readonly Json[];
  return all
    .filter(object => (object[property] as { id: string }[]).some(other => other.id === id))
    .map(object => ({ id: object.id }));
}

/** A time as the server writes it. */
function timeOf({ time }: Dhis2Store, value: unknown): string | undefined {
  return value === undefined ? undefined : time.fromText(value as string);
}

/** A user's access to an object; only data sets and category options have data sharing here. */
function accessOf(user: SeedUser, object: MetadataObject & DataShared, model: ModelName): Json {
  const manages = isSuperuser(user);
  const hasData = model === 'dataSets' || model === 'categoryOptions';
  const data = { read: canRead(user, object), write: canWriteData(user, object) };
  return {
    manage: manages,
    externalize: false,
    write: manages,
    read: canRead(user, object),
    update: manages,
    delete: manages,
    ...(hasData ? { data } : {}),
  };
}
