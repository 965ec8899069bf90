/** What a server's API has below its root, by the field's own names; beyond these it is status 404. */
const NAMES = `
aggregateDataExchanges analytics analyticsTableHooks apiToken apiTokens apps attributes audits authorities
categories categoryCombos categoryOptionCombos categoryOptionGroupSets categoryOptionGroups categoryOptions
completeDataSetRegistrations configuration constants credentials dashboardItems dashboards dataApprovalLevels
dataApprovalWorkflows dataApprovals dataElementGroupSets dataElementGroups dataElementOperands dataElements
dataEntry dataEntryForms dataIntegrity dataSetNotificationTemplates dataSets dataStatistics dataStore
dataSummary dataValueSets dataValues deduplication documents email enrollments eventCharts eventFilters
eventHooks eventReports eventVisualizations events expressionDimensionItems externalFileResources
externalMapLayers fileResources files geoFeatures i18n icons indicatorGroupSets indicatorGroups
indicatorTypes indicators interpretations job jobConfigurations legendSets locales locks lockExceptions
loginConfig maintenance mapViews maps me message messageConversations metadata metrics minMaxDataElements
mobile oAuth2Clients openapi optionGroupSets optionGroups optionSets options organisationUnitGroupSets
organisationUnitGroups organisationUnitLevels organisationUnitProfile organisationUnits
periodTypes periods person predictorGroups predictors programDataElements programIndicatorGroups
potentialDuplicates
programIndicators programNotificationTemplates programRuleActions programRuleVariables programRules
programSections programStageSections programStageWorkingLists programStages programs push pushAnalysis query
relationshipTypes relationships reports resourceTables routes scheduling schemas sections sharing sms
smsCommands sqlViews staticContent stats subscriptions synchronization system systemSettings
trackedEntities trackedEntityAttributeGroups trackedEntityAttributes trackedEntityDataValueAudits
trackedEntityFilters trackedEntityInstanceFilters trackedEntityInstances trackedEntityTypes tracker
trackerOwnership translations trigramSummary userDataStore userDatastore userGroups userRoles userSettings
users validation validationNotificationTemplates validationResults validationRuleGroups validationRules
visualizations`;

const REAL: ReadonlySet<string> = new Set(NAMES.split(/\s+/).filter(name => name !== ''));

/** Whether a DHIS2 server has a resource, whatever the sandbox knows of it. */
export function isRealResource(name: string): boolean {
  return REAL.has(name.split('.')[0]!);
}
