import { COLLECTIONS, type CollectionName } from '../dhis2/metadata/collections.js';

const SERVED: ReadonlySet<string> = new Set(COLLECTIONS);

/** Keys of an export that are not lists of objects. */
const ABOUT_THE_EXPORT: ReadonlySet<string> = new Set(['system', 'date', 'package']);

/**
 * Parts that the export of a program also lists apart (dhis2-core,
 * DefaultMetadataExportService): their owners have them too.
 */
const PARTS: ReadonlySet<string> = new Set([
  'programStageDataElements',
  'programTrackedEntityAttributes',
]);

/**
 * Classes that DHIS2 exports and the sandbox does not serve. None of them changes what a server
 * answers about data, or which data it accepts: they are for reports, forms, messages and accounts.
 */
const NOT_SERVED: ReadonlySet<string> = new Set([
  ...['aggregateDataExchanges', 'apiTokens', 'apps', 'analyticsTableHooks', 'categoryDimensions'],
  ...['categoryOptionGroupSets', 'categoryOptionGroups', 'charts', 'colorSets', 'colors'],
  ...['dashboardItems', 'dashboards', 'dataApprovalLevels', 'dataApprovalWorkflows'],
  ...['dataElementGroupSets', 'dataElementGroups', 'dataElementOperands', 'dataEntryForms'],
  ...['dataSetNotificationTemplates', 'documents', 'eventCharts', 'eventFilters', 'eventHooks'],
  ...['eventReports', 'eventVisualizations', 'expressionDimensionItems', 'externalMapLayers'],
  ...['fileResources', 'icons', 'indicatorGroupSets', 'indicatorGroups', 'indicatorTypes'],
  ...['indicators', 'interpretations', 'itemConfigs', 'jobConfigurations', 'legendSets'],
  ...['mapViews', 'maps', 'messageConversations', 'metadataVersions', 'oAuth2Clients'],
  ...['optionGroupSets', 'optionGroups', 'organisationUnitGroupSets', 'organisationUnitGroups'],
  ...['predictorGroups', 'predictors', 'programDataElements', 'programIndicatorGroups'],
  ...['programIndicators', 'programNotificationTemplates', 'programSections'],
  ...['programStageSections', 'programStageWorkingLists', 'programTrackedEntityAttributeGroups'],
  ...['pushAnalysis', 'reportTables', 'reports', 'routes', 'sections', 'smsCommands', 'sqlViews'],
  ...['trackedEntityFilters', 'trackedEntityInstanceFilters', 'userGroups', 'userRoles', 'users'],
  ...['validationNotificationTemplates', 'validationRuleGroups', 'validationRules'],
  ...['visualizations', 'constants'],
]);

/** What the key of an export is to the sandbox. */
export function classOf(
  key: string,
): 'served' | 'not served' | 'in their owners' | 'about the export' | 'unknown' {
  if (SERVED.has(key)) return 'served';
  if (ABOUT_THE_EXPORT.has(key)) return 'about the export';
  if (PARTS.has(key)) return 'in their owners';
  return NOT_SERVED.has(key) ? 'not served' : 'unknown';
}

/** Whether the key of an export is a collection that the sandbox serves. */
export function isServed(key: string): key is CollectionName {
  return SERVED.has(key);
}
