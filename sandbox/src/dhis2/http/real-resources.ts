/**
 * The resources below the root of the server's API, by the field's own names; others are status
 * 404.
 */
const NAMES = `
2fa account aggregateDataExchanges analytics analyticsTableHooks apiToken apiTokens appHub apps attributes
audits auth authorities categories categoryCombos categoryOptionCombos categoryOptionGroups
categoryOptionGroupSets categoryOptions cluster completeDataSetRegistrations configuration constants
credentials dashboardItems dashboards dataAnalysis dataApprovalLevels dataApprovals dataApprovalWorkflows
dataElementGroups dataElementGroupSets dataElementOperands dataElements dataEntry dataEntryForms
dataIntegrity dataSetNotificationTemplates dataSets dataStatistics dataStore dataSummary dataValues
dataValueSets deduplication deletedObjects dimensions documents email enrollments eventCharts eventFilters
eventHooks eventReports events eventVisualizations expressionDimensionItems expressions
externalFileResources externalMapLayers fileResources files filledOrganisationUnitLevels gateways
geoFeatures i18n icons identifiableObjects indicatorGroups indicatorGroupSets indicators indicatorTypes
interpretations job jobConfigurations legendSets locales lockExceptions locks loginConfig maintenance maps
mapViews me menu message messageConversations messages metadata metrics minMaxDataElements minMaxValues
mobile oAuth2AuthorizationConsents oAuth2Authorizations oAuth2Clients openapi optionGroups optionGroupSets
options optionSets organisationUnitGroups organisationUnitGroupSets organisationUnitLevels
organisationUnitLocations organisationUnitProfile organisationUnits pdfForm periods periodTypes person
potentialDuplicates predictions predictorGroups predictors programDataElements programIndicatorGroups
programIndicators programNotificationInstances programNotificationTemplates programRuleActions
programRules programRuleVariables programs programSections programStages programStageSections
programStageWorkingLists publicKeys push pushAnalysis query relationships relationshipTypes
relativePeriods reports resourceTables routes scheduler scheduling schemas sections sessions sharing sms
smsCommands sqlViews staticConfiguration staticContent stats subscriptions synchronization system
systemSettings systemUpdates tokens trackedEntities trackedEntityAttributeGroups trackedEntityAttributes
trackedEntityDataValueAudits trackedEntityFilters trackedEntityInstanceFilters trackedEntityInstances
trackedEntityTypes tracker trackerOwnership translations trigramSummary userDataStore userDatastore
userGroups userLookup userRoles users userSettings validation validationNotificationTemplates
validationResults validationRuleGroups validationRules visualizations`;

const REAL: ReadonlySet<string> = new Set(NAMES.split(/\s+/).filter(name => name !== ''));

/** Whether a DHIS2 server has a resource, also if the sandbox does not. */
export function isRealResource(name: string): boolean {
  return REAL.has(name.split('.')[0]!);
}
