import type { Dhis2Store } from '../store.js';
import type { CollectionName, DataShared, MetadataObject, OrgUnit, SeedUser } from '../types.js';
import { canRead, canWriteData, isSuperuser } from '../users.js';
import type { ModelName } from './model.js';

/** Any object that an answer holds. */
export type Json = Readonly<Record<string, unknown>>;

/** Who reads from what. */
export interface Reader {
  store: Dhis2Store;
  user: SeedUser;
}

/** Properties that are worked out when they are read, by model. */
const COMPUTED: { [M in ModelName]?: Record<string, (reader: Reader, object: Json) => unknown> } = {
  organisationUnits: {
    path: ({ store }, { id }) => store.metadata.orgUnits.path(id as string),
    level: ({ store }, { id }) => store.metadata.orgUnits.level(id as string),
    leaf: ({ store }, { id }) => store.metadata.orgUnits.children(id as string).length === 0,
    children: ({ store }, { id }) => toRefs(store.metadata.orgUnits.children(id as string)),
    ancestors: ({ store }, { id }) => toRefs(store.metadata.orgUnits.ancestors(id as string)),
    dataSets: ({ store }, { id }) => owners(store, 'dataSets', 'organisationUnits', id),
    // Dates of an org unit are written with a time (dhis2 FACTS §3).
    openingDate: (_, { openingDate }) => withTime((openingDate as string) ?? '1970-01-01'),
    closedDate: (_, { closedDate }) => withTime(closedDate as string | undefined),
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
  created: (_, { created }) => created ?? '2024-01-15T08:00:00.000',
  lastUpdated: (_, { lastUpdated }) => lastUpdated ?? '2024-01-15T08:00:00.000',
  access: ({ user }, object, model) => accessOf(user, object as unknown as DataShared, model),
};

/**
 * The value of a property, refs as stored.
 * @returns undefined when the object has none
 */
export function readProperty(
  reader: Reader,
  model: ModelName,
  object: Json,
  name: string,
): unknown {
  const compute = COMPUTED[model]?.[name] ?? COMPUTED_FOR_ALL[name];
  return compute ? compute(reader, object, model) : object[name];
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

function withTime(day: OrgUnit['openingDate']): string | undefined {
  return day === undefined || day.includes('T') ? day : `${day}T00:00:00.000`;
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
