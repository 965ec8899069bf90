import type { CollectionName } from './collections.js';

/** The kinds of objects in an answer: those with their own endpoint, and parts of them. */
export type ModelName =
  | CollectionName
  | 'users'
  | 'attributeValues'
  | 'dataSetElements'
  | 'dataInputPeriods'
  | 'trackedEntityTypeAttributes'
  | 'programTrackedEntityAttributes'
  | 'programStageDataElements';

/**
 * The content of a property: `value`, plain JSON; `ref`, one object of a model, written as its id
 * unless the request names fields of it; `refs`, a list of them; `parts`, objects that exist only
 * inside their owner and are written in full.
 */
export type Property =
  | 'value'
  | { kind: 'ref' | 'refs'; model: CollectionName }
  | { kind: 'parts'; model: ModelName };

export type Model = Readonly<Record<string, Property>>;

const ref = (model: CollectionName): Property => ({ kind: 'ref', model });
const refs = (model: CollectionName): Property => ({ kind: 'refs', model });
const parts = (model: ModelName): Property => ({ kind: 'parts', model });

const COMMON = {
  id: 'value',
  code: 'value',
  name: 'value',
  displayName: 'value',
  created: 'value',
  lastUpdated: 'value',
  access: 'value',
  translations: 'value',
  attributeValues: parts('attributeValues'),
} as const;
const NAMED = { ...COMMON, shortName: 'value', displayShortName: 'value' } as const;

/** The properties of each model in the sandbox; a filter on any other property is refused. */
export const MODELS: Readonly<Record<ModelName, Model>> = {
  attributes: {
    ...NAMED,
    valueType: 'value',
    unique: 'value',
    mandatory: 'value',
    organisationUnitAttribute: 'value',
    dataElementAttribute: 'value',
  },
  attributeValues: { attribute: ref('attributes'), value: 'value' },
  organisationUnitLevels: { ...COMMON, level: 'value' },
  organisationUnits: {
    ...NAMED,
    level: 'value',
    path: 'value',
    leaf: 'value',
    openingDate: 'value',
    closedDate: 'value',
    geometry: 'value',
    parent: ref('organisationUnits'),
    children: refs('organisationUnits'),
    ancestors: refs('organisationUnits'),
    dataSets: refs('dataSets'),
  },
  categoryOptions: { ...NAMED, isDefault: 'value', categories: refs('categories') },
  categories: {
    ...NAMED,
    isDefault: 'value',
    dataDimensionType: 'value',
    categoryOptions: refs('categoryOptions'),
    categoryCombos: refs('categoryCombos'),
  },
  categoryCombos: {
    ...COMMON,
    isDefault: 'value',
    dataDimensionType: 'value',
    categories: refs('categories'),
    categoryOptionCombos: refs('categoryOptionCombos'),
  },
  categoryOptionCombos: {
    ...COMMON,
    isDefault: 'value',
    categoryCombo: ref('categoryCombos'),
    categoryOptions: refs('categoryOptions'),
  },
  optionSets: { ...COMMON, description: 'value', valueType: 'value', options: refs('options') },
  options: { ...COMMON, sortOrder: 'value', optionSet: ref('optionSets') },
  dataElements: {
    ...NAMED,
    description: 'value',
    formName: 'value',
    valueType: 'value',
    aggregationType: 'value',
    domainType: 'value',
    zeroIsSignificant: 'value',
    categoryCombo: ref('categoryCombos'),
    optionSet: ref('optionSets'),
    dataSetElements: parts('dataSetElements'),
  },
  dataSets: {
    ...NAMED,
    description: 'value',
    periodType: 'value',
    openFuturePeriods: 'value',
    expiryDays: 'value',
    timelyDays: 'value',
    openPeriodsAfterCoEndDate: 'value',
    workflow: 'value',
    categoryCombo: ref('categoryCombos'),
    dataSetElements: parts('dataSetElements'),
    dataInputPeriods: parts('dataInputPeriods'),
    organisationUnits: refs('organisationUnits'),
  },
  dataSetElements: {
    dataElement: ref('dataElements'),
    dataSet: ref('dataSets'),
    categoryCombo: ref('categoryCombos'),
  },
  dataInputPeriods: { period: 'value', openingDate: 'value', closingDate: 'value' },
  trackedEntityAttributes: {
    ...NAMED,
    description: 'value',
    formName: 'value',
    valueType: 'value',
    aggregationType: 'value',
    unique: 'value',
    generated: 'value',
    pattern: 'value',
    confidential: 'value',
    orgunitScope: 'value',
    optionSet: ref('optionSets'),
  },
  trackedEntityTypes: {
    ...NAMED,
    description: 'value',
    featureType: 'value',
    minAttributesRequiredToSearch: 'value',
    trackedEntityTypeAttributes: parts('trackedEntityTypeAttributes'),
  },
  trackedEntityTypeAttributes: {
    trackedEntityAttribute: ref('trackedEntityAttributes'),
    mandatory: 'value',
    searchable: 'value',
    displayInList: 'value',
  },
  programs: {
    ...NAMED,
    description: 'value',
    programType: 'value',
    expiryDays: 'value',
    expiryPeriodType: 'value',
    completeEventsExpiryDays: 'value',
    accessLevel: 'value',
    featureType: 'value',
    minAttributesRequiredToSearch: 'value',
    onlyEnrollOnce: 'value',
    displayIncidentDate: 'value',
    selectEnrollmentDatesInFuture: 'value',
    selectIncidentDatesInFuture: 'value',
    enrollmentDateLabel: 'value',
    incidentDateLabel: 'value',
    trackedEntityType: ref('trackedEntityTypes'),
    categoryCombo: ref('categoryCombos'),
    organisationUnits: refs('organisationUnits'),
    programTrackedEntityAttributes: parts('programTrackedEntityAttributes'),
    programStages: refs('programStages'),
    programRuleVariables: refs('programRuleVariables'),
  },
  programTrackedEntityAttributes: {
    program: ref('programs'),
    trackedEntityAttribute: ref('trackedEntityAttributes'),
    mandatory: 'value',
    searchable: 'value',
    displayInList: 'value',
    allowFutureDate: 'value',
    sortOrder: 'value',
  },
  programStages: {
    ...COMMON,
    description: 'value',
    repeatable: 'value',
    validationStrategy: 'value',
    featureType: 'value',
    sortOrder: 'value',
    autoGenerateEvent: 'value',
    program: ref('programs'),
    programStageDataElements: parts('programStageDataElements'),
  },
  programStageDataElements: {
    programStage: ref('programStages'),
    dataElement: ref('dataElements'),
    compulsory: 'value',
    allowFutureDate: 'value',
    displayInReports: 'value',
    sortOrder: 'value',
  },
  relationshipTypes: {
    ...COMMON,
    description: 'value',
    bidirectional: 'value',
    fromToName: 'value',
    toFromName: 'value',
    fromConstraint: 'value',
    toConstraint: 'value',
  },
  programRules: {
    ...COMMON,
    description: 'value',
    condition: 'value',
    priority: 'value',
    program: ref('programs'),
    programStage: ref('programStages'),
    programRuleActions: refs('programRuleActions'),
  },
  programRuleActions: {
    ...COMMON,
    programRuleActionType: 'value',
    content: 'value',
    data: 'value',
    programRule: ref('programRules'),
    dataElement: ref('dataElements'),
    trackedEntityAttribute: ref('trackedEntityAttributes'),
  },
  programRuleVariables: {
    ...COMMON,
    programRuleVariableSourceType: 'value',
    useCodeForOptionSet: 'value',
    valueType: 'value',
    program: ref('programs'),
    programStage: ref('programStages'),
    dataElement: ref('dataElements'),
    trackedEntityAttribute: ref('trackedEntityAttributes'),
  },
  users: {
    ...COMMON,
    username: 'value',
    firstName: 'value',
    surname: 'value',
    userRoles: 'value',
    authorities: 'value',
    programs: 'value',
    dataSets: 'value',
    organisationUnits: refs('organisationUnits'),
    dataViewOrganisationUnits: refs('organisationUnits'),
    teiSearchOrganisationUnits: refs('organisationUnits'),
  },
};

/** Names of the API for one object of a collection, as its messages write them. */
export const CLASS_NAMES: Readonly<Record<CollectionName, string>> = {
  attributes: 'Attribute',
  organisationUnits: 'OrganisationUnit',
  organisationUnitLevels: 'OrganisationUnitLevel',
  categoryOptions: 'CategoryOption',
  categories: 'Category',
  categoryCombos: 'CategoryCombo',
  categoryOptionCombos: 'CategoryOptionCombo',
  optionSets: 'OptionSet',
  options: 'Option',
  dataElements: 'DataElement',
  dataSets: 'DataSet',
  trackedEntityAttributes: 'TrackedEntityAttribute',
  trackedEntityTypes: 'TrackedEntityType',
  programs: 'Program',
  programStages: 'ProgramStage',
  relationshipTypes: 'RelationshipType',
  programRules: 'ProgramRule',
  programRuleActions: 'ProgramRuleAction',
  programRuleVariables: 'ProgramRuleVariable',
};
