import {
  canRead,
  canReadData,
  canWriteData,
  isSuperuser,
  searchUnitsOf,
} from '../accounts/access.js';
import type { SeedUser } from '../accounts/types.js';
import type { Dhis2Store } from '../store/dhis2-store.js';
import { SETUP_TIME } from '../store/time.js';
import type { ModelName } from './model.js';
import type { DataShared, MetadataObject } from './object-types.js';

/** Any object in an answer. */
export type Json = Readonly<Record<string, unknown>>;

/** A user who reads, and the store. */
export interface Reader {
  store: Dhis2Store;
  user: SeedUser;
}

/** Properties that are computed on each read, by model. */
export const COMPUTED: {
  [M in ModelName]?: Record<string, (reader: Reader, object: Json) => unknown>;
} = {
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
  optionSets: {
    options: ({ store }, { id }) => toRefs(store.metadata.optionsOf(id as string).map(idOf)),
  },
  programs: {
    // The combo that every server has (dhis2 FACTS §5).
    categoryCombo: (_, { categoryCombo }) => categoryCombo ?? { id: 'bjDvmb4bfuf' },
    programStages: ({ store }, { id }) => toRefs(store.metadata.stagesOf(id as string).map(idOf)),
    // The server's source, Program: a set that belongs to the program.
    programRuleVariables: ({ store }, { id }) =>
      toRefs(
        store.metadata
          .list('programRuleVariables')
          .filter(({ program }) => program.id === id)
          .map(idOf),
      ),
    programTrackedEntityAttributes: (_, { id, programTrackedEntityAttributes }) =>
      (programTrackedEntityAttributes as Json[]).map(part => ({ ...part, program: { id } })),
  },
  programStages: {
    programStageDataElements: (_, { id, programStageDataElements }) =>
      (programStageDataElements as Json[]).map(part => ({ ...part, programStage: { id } })),
  },
  users: {
    name: (_, user) => nameOf(user),
    displayName: (_, user) => nameOf(user),
    userRoles: (_, { userRoles }) => userRoles ?? [],
    programs: reader => readableIds(reader, 'programs'),
    dataSets: reader => readableIds(reader, 'dataSets'),
    dataViewOrganisationUnits: (_, { organisationUnits }) => organisationUnits,
    teiSearchOrganisationUnits: (_, user) => searchUnitsOf(user as unknown as SeedUser),
  },
};

const OF_ATTRIBUTE = { mandatory: false, searchable: false, displayInList: false } as const;

/** Values of properties that an object does not have, as on new objects of a server. */
export const DEFAULTS: { [M in ModelName]?: Readonly<Record<string, unknown>> } = {
  categories: { dataDimensionType: 'DISAGGREGATION' },
  categoryCombos: { dataDimensionType: 'DISAGGREGATION' },
  attributes: {
    unique: false,
    mandatory: false,
    organisationUnitAttribute: false,
    dataElementAttribute: false,
  },
  trackedEntityAttributes: {
    aggregationType: 'NONE',
    pattern: '',
    unique: false,
    generated: false,
    confidential: false,
    orgunitScope: false,
  },
  trackedEntityTypes: { featureType: 'NONE', minAttributesRequiredToSearch: 1 },
  trackedEntityTypeAttributes: OF_ATTRIBUTE,
  programs: {
    programType: 'WITH_REGISTRATION',
    expiryDays: 0,
    completeEventsExpiryDays: 0,
    accessLevel: 'OPEN',
    minAttributesRequiredToSearch: 1,
    onlyEnrollOnce: false,
    displayIncidentDate: true,
    selectEnrollmentDatesInFuture: false,
    selectIncidentDatesInFuture: false,
  },
  programTrackedEntityAttributes: { ...OF_ATTRIBUTE, allowFutureDate: false },
  programStages: {
    repeatable: false,
    autoGenerateEvent: true,
    validationStrategy: 'ON_COMPLETE',
  },
  programStageDataElements: { compulsory: false, allowFutureDate: false, displayInReports: false },
};

/** Properties that are computed the same way for every model. */
export const COMPUTED_FOR_ALL: Record<
  string,
  (reader: Reader, object: Json, model: ModelName) => unknown
> = {
  attributeValues: (_, { attributeValues }) => attributeValues ?? [],
  translations: (_, { translations }) => translations ?? [],
  displayName: (_, { name }) => name,
  displayShortName: (_, { shortName, name }) => shortName ?? name,
  shortName: (_, { shortName, name }) => shortName ?? name,
  isDefault: (_, { name }) => name === 'default',
  created: ({ store }, { created }) => timeOf(store, created ?? SETUP_TIME),
  lastUpdated: ({ store }, { lastUpdated }) => timeOf(store, lastUpdated ?? SETUP_TIME),
  access: ({ user }, object, model) => accessOf(user, object as unknown as DataShared, model),
};

function nameOf({ firstName, surname, username }: Json): unknown {
  return firstName === undefined ? username : `${firstName} ${surname}`;
}

/** Ids of the objects that the reader may use, as an account lists them (recording 006). */
function readableIds({ store, user }: Reader, collection: 'programs' | 'dataSets'): string[] {
  const all: readonly MetadataObject[] = store.metadata.list(collection);
  return all.filter(object => canRead(user, object)).map(idOf);
}

const idOf = ({ id }: { id: string }) => id;

function toRefs(ids: readonly string[]): Json[] {
  return ids.map(id => ({ id }));
}

/** References to the objects of a collection that refer to `id` in a property. */
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

/** Collections whose objects have data sharing. */
const WITH_DATA: ReadonlySet<ModelName> = new Set<ModelName>([
  'dataSets',
  'categoryOptions',
  'trackedEntityTypes',
  'programs',
  'programStages',
  'relationshipTypes',
]);

/** A user's access to an object. */
function accessOf(user: SeedUser, object: MetadataObject & DataShared, model: ModelName): Json {
  const manages = isSuperuser(user);
  const data = { read: canReadData(user, object), write: canWriteData(user, object) };
  return {
    manage: manages,
    externalize: false,
    write: manages,
    read: canRead(user, object),
    update: manages,
    delete: manages,
    ...(WITH_DATA.has(model) ? { data } : {}),
  };
}
