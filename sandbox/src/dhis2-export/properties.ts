import type { ModelName } from '../dhis2/metadata/model.js';

/**
 * Properties that every class may have and that change neither an answer about data nor what is
 * accepted: who made an object, its looks, what it is for, and sharing with accounts of another
 * server. Where a model has one of them, the sandbox serves it.
 */
const OF_ALL: readonly string[] = [
  ...['href', 'access', 'user', 'createdBy', 'lastUpdatedBy', 'favorite', 'favorites', 'style'],
  ...['sharing', 'publicAccess', 'externalAccess', 'userAccesses', 'userGroupAccesses', 'uid'],
  ...['displayName', 'displayShortName', 'displayFormName', 'displayDescription', 'version'],
  ...['shortName', 'formName', 'description'],
  ...['dimensionItem', 'dimensionItemType', 'dimensionType', 'legendSet', 'legendSets', 'icon'],
  ...['aggregationLevels', 'fieldMask', 'skipSynchronization', 'periodOffset', 'queryMods'],
  ...['aggregationType', 'skipAnalytics', 'enableChangeLog', 'dimension', 'dimensionItemKeywords'],
];

/** Properties that are lists of the other side of a reference; the sandbox computes them. */
const COMPUTED: Readonly<Partial<Record<ModelName, readonly string[]>>> = {
  organisationUnits: [
    ...['path', 'level', 'leaf', 'children', 'ancestors', 'dataSets', 'programs', 'users'],
    ...['organisationUnitGroups', 'groups', 'memberCount', 'displayPath'],
  ],
  // First and last days: validity.ts refuses them where they count.
  categoryOptions: [
    ...['categories', 'categoryOptionCombos', 'categoryOptionGroups', 'isDefault'],
    ...['startDate', 'endDate'],
  ],
  categories: ['categoryCombos', 'isDefault'],
  categoryCombos: ['categoryOptionCombos', 'isDefault'],
  categoryOptionCombos: ['isDefault', 'startDate', 'endDate'],
  optionSets: ['options'],
  dataElements: ['dataSetElements', 'dataElementGroups', 'optionSetValue', 'dataSets'],
  programs: ['programStages', 'programRuleVariables', 'programIndicators', 'userRoles'],
};

/** Properties for forms, reports, messages and user interfaces. */
const FOR_PEOPLE: Readonly<Partial<Record<ModelName, readonly string[]>>> = {
  attributes: ['objectTypes', 'sortOrder', 'optionSet'],
  organisationUnits: [
    ...['comment', 'contactPerson', 'address', 'email', 'phoneNumber', 'url', 'image'],
    ...['featureType', 'coordinates', 'type'],
  ],
  organisationUnitLevels: ['offlineLevels'],
  categories: [
    ...['dataDimension', 'items', 'filter', 'allItems', 'repetition', 'valueType', 'optionSet'],
    ...['program', 'programStage'],
  ],
  categoryCombos: ['skipTotal'],
  categoryOptionCombos: ['ignoreApproval'],
  dataElements: ['url', 'commentOptionSet', 'valueTypeOptions'],
  dataSets: [
    ...['formType', 'mobile', 'renderAsTabs', 'renderHorizontally', 'dataElementDecoration'],
    ...['notifyCompletingUser', 'notificationRecipients', 'skipOffline', 'displayOptions'],
    ...['fieldCombinationRequired', 'validCompleteOnly', 'noValueRequiresComment'],
    ...['compulsoryFieldsCompleteOnly', 'indicators', 'sections', 'interpretations'],
    ...['dataEntryForm', 'legendSets'],
  ],
  dataSetElements: ['dataSet', 'id', 'created', 'lastUpdated'],
  trackedEntityAttributes: [
    ...['inherit', 'displayOnVisitSchedule', 'displayInListNoProgram', 'expression'],
    ...['sortOrderInListNoProgram', 'sortOrderInVisitSchedule', 'optionSetValue'],
    ...['preferredSearchOperator', 'trigramIndexable', 'trigramIndexed'],
  ],
  trackedEntityTypes: ['allowAuditLog', 'maxTeiCountToReturn'],
  programs: [
    ...['ignoreOverdueEvents', 'notificationTemplates', 'skipOffline', 'displayFrontPageList'],
    ...['useFirstStageDuringRegistration', 'openDaysAfterCoEndDate', 'maxTeiCountToReturn'],
    ...['programSections', 'relatedProgram', 'dataEntryForm', 'registration', 'trackedEntity'],
    ...['withoutRegistration', 'categoryMappings'],
  ],
  programStages: [
    ...['minDaysFromStart', 'standardInterval', 'displayGenerateEventBox', 'nextScheduleDate'],
    ...['blockEntryForm', 'preGenerateUID', 'remindCompleted', 'allowGenerateNextVisit'],
    ...['openAfterEnrollment', 'generatedByEnrollmentDate', 'reportDateToUse', 'hideDueDate'],
    ...['enableUserAssignment', 'referral', 'formType', 'dataEntryForm', 'periodType'],
    // Up to 2.30 (dhis2-core, V2_31_8__Drop_validcompleteonly_column_in_programstage_table.sql).
    ...['notificationTemplates', 'programStageSections', 'validCompleteOnly'],
  ],
  relationshipTypes: ['referral', 'displayFromToName', 'displayToFromName'],
  programRules: ['displayProgramRuleName'],
  programRuleActions: [
    ...['name', 'templateUid', 'programNotificationTemplate', 'location', 'displayContent'],
    ...['programStage', 'programStageSection', 'programIndicator', 'option', 'optionGroup'],
    'priority',
    // For the user interfaces: dhis2-core stores them, and no import asks for them
    // (ProgramRuleService.getProgramRulesByEvaluationTime has no caller but its test).
    ...['programRuleActionEvaluationTime', 'programRuleActionEvaluationEnvironments'],
  ],
};

/** Properties of the parts of objects, which have no endpoint of their own. */
const OF_PARTS: readonly string[] = [
  ...['id', 'code', 'name', 'shortName', 'created', 'lastUpdated', 'translations', 'valueType'],
  ...['program', 'programStage', 'trackedEntityType', 'dataSet', 'attributeValues', 'sortOrder'],
  ...['renderOptionsAsRadio', 'renderType', 'allowProvidedElsewhere', 'skipAnalytics'],
  ...['displayInReports', 'programTrackedEntityAttributeGroups'],
];

/** The parts of objects, as models. */
const PARTS: ReadonlySet<ModelName> = new Set<ModelName>([
  ...(['attributeValues', 'dataSetElements', 'dataInputPeriods'] as const),
  ...(['trackedEntityTypeAttributes', 'programTrackedEntityAttributes'] as const),
  'programStageDataElements',
]);

/**
 * Whether the sandbox may omit a property of an export: it computes the property itself, or the
 * property changes neither an answer about data nor what is accepted.
 */
export function isOmitted(model: ModelName, property: string): boolean {
  // What user interfaces call something, such as `executionDateLabel`.
  if (property.endsWith('Label')) return true;
  // The flags of a metadata attribute for each class, such as `programAttribute`.
  if (model === 'attributes' && property.endsWith('Attribute')) return true;
  const own = PARTS.has(model) ? OF_PARTS : [];
  return [OF_ALL, COMPUTED[model] ?? [], FOR_PEOPLE[model] ?? [], own].some(list =>
    list.includes(property),
  );
}

/** Whether the sandbox computes a property that an object of a model has. */
export function isComputed(model: ModelName, property: string): boolean {
  return COMPUTED[model]?.includes(property) ?? false;
}
