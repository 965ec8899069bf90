import type { DataShared, MetadataObject, Ref } from '../metadata/object-types.js';
import type {
  ProgramRule,
  ProgramRuleAction,
  ProgramRuleVariable,
} from '../tracker/rules/types.js';
import type {
  Program,
  ProgramStage,
  RelationshipType,
  TrackedEntityAttribute,
  TrackedEntityType,
  TrackerSeed,
} from '../tracker/types.js';

/** A metadata attribute: a property that a country adds to kinds of objects. */
export interface MetadataAttribute extends MetadataObject {
  shortName?: string;
  valueType: string;
  /** Whether no two objects of a kind have one value (E4009). */
  unique?: boolean;
  mandatory?: boolean;
  organisationUnitAttribute?: boolean;
  dataElementAttribute?: boolean;
}

/** The name of a level of the org unit tree; 1 is the top. */
export interface OrgUnitLevel extends MetadataObject {
  level: number;
}

export interface OrgUnit extends MetadataObject {
  shortName?: string;
  parent?: Ref;
  /** First day of operation, `yyyy-MM-dd`. */
  openingDate?: string;
  /** Last day of operation, `yyyy-MM-dd`. */
  closedDate?: string;
  geometry?: unknown;
}

export interface CategoryOption extends DataShared {
  shortName?: string;
}

export interface Category extends MetadataObject {
  shortName?: string;
  categoryOptions: Ref[];
  dataDimensionType?: string;
}

export interface CategoryCombo extends MetadataObject {
  categories: Ref[];
  dataDimensionType?: string;
}

export interface CategoryOptionCombo extends MetadataObject {
  categoryCombo: Ref;
  categoryOptions: Ref[];
}

export interface Option extends MetadataObject {
  code: string;
  optionSet: Ref;
  /** Place in the option set, from 0 (recording 034). */
  sortOrder?: number;
}

export interface OptionSet extends MetadataObject {
  valueType?: string;
  /**
   * The options in their order, as an abbreviation: a store keeps them in the collection `options`,
   * together with those that refer to this set.
   */
  options?: Omit<Option, 'optionSet'>[];
}

export interface DataElement extends MetadataObject {
  shortName?: string;
  valueType: string;
  aggregationType: string;
  domainType?: string;
  zeroIsSignificant: boolean;
  categoryCombo: Ref;
  optionSet?: Ref;
}

export interface DataSetElement {
  dataElement: Ref;
  /** Overrides the data element's own combo in this data set (dhis2 FACTS §5). */
  categoryCombo?: Ref;
}

export interface DataInputPeriod {
  period: Ref;
  /** First and last instant of data entry; absent: open. */
  openingDate?: string;
  closingDate?: string;
}

export interface DataSet extends DataShared {
  shortName?: string;
  periodType: string;
  categoryCombo: Ref;
  dataSetElements: DataSetElement[];
  organisationUnits: Ref[];
  /** 0: the current, unfinished period is closed (dhis2 FACTS §1.4). */
  openFuturePeriods: number;
  /** Days after the end of a period in which it stays open; 0: for ever. */
  expiryDays: number;
  openPeriodsAfterCoEndDate?: number;
  timelyDays?: number;
  dataInputPeriods?: DataInputPeriod[];
}

export interface SeedUser extends Ref {
  username: string;
  password: string;
  authorities: string[];
  /** Where the user captures data: these units and all below. */
  organisationUnits: Ref[];
  /** Where the user may look for tracked entities. @default `organisationUnits` */
  teiSearchOrganisationUnits?: Ref[];
  /** Personal access tokens of the user. */
  tokens?: (string | SeedToken)[];
  locked?: boolean;
  disabled?: boolean;
  /** When the account ends, an ISO 8601 instant. */
  accountExpiry?: string;
  firstName?: string;
  surname?: string;
  userRoles?: (Ref & { name: string })[];
  twoFactor?: boolean;
}

/** A personal access token that does not hold for ever, or not for every request. */
export interface SeedToken {
  key: string;
  /** When it ends, an ISO 8601 instant. */
  expires?: string;
  /** HTTP methods that it may be used for; absent: all. */
  methods?: string[];
}

/** The key of a data value (dhis2 FACTS §1.5). */
export interface DataValueKey {
  dataElement: string;
  period: string;
  orgUnit: string;
  categoryOptionCombo: string;
  attributeOptionCombo: string;
}

export interface DataValue extends DataValueKey {
  value?: string;
  comment?: string;
  /** Absent where nobody has said, since 2.43 (recording 382). */
  followup?: boolean;
  /** Soft-deleted: kept, but exported only with `includeDeleted`. */
  deleted: boolean;
  storedBy: string;
  /** ISO 8601 instants. */
  created: string;
  lastUpdated: string;
}

export interface CompleteRegistration {
  dataSet: string;
  period: string;
  organisationUnit: string;
  attributeOptionCombo: string;
  /** Day of completion, `yyyy-MM-dd`. */
  date: string;
  storedBy: string;
  completed: boolean;
}

/** The aggregate importer's system settings; all are off on a fresh server (dhis2 FACTS §0). */
export interface SystemSettings {
  dataImportStrictPeriods?: boolean;
  dataImportStrictDataElements?: boolean;
  dataImportStrictCategoryOptionCombos?: boolean;
  dataImportStrictAttributeOptionCombos?: boolean;
  dataImportStrictOrganisationUnits?: boolean;
  dataImportRequireCategoryOptionCombo?: boolean;
  dataImportRequireAttributeOptionCombo?: boolean;
  /** Since 2.43: take the first data set that fits when the payload names none. */
  dataEntryAutoGroup?: boolean;
  /** The most tracked entities that one answer holds (dhis2 FACTS §4.2). @default 50000 */
  KeyTrackedEntityMaxLimit?: number;
}

export interface SystemInfo {
  /** @default 'iso8601' */
  calendar?: string;
  /** IANA name. @default 'Etc/UTC' */
  serverTimeZoneId?: string;
  systemId?: string;
}

/** What real servers do by chance, one way or the other: a seed says which. */
export interface ServerChance {
  /**
   * Whether people with one unique value in one payload are all stored, as servers do that miss the
   * equal values (dhis2 LIVE 264); else they are refused with E1064. @default false
   */
  storesUniqueTwins?: boolean;
}

/** Everything that a sandbox server knows; also the form in which it is saved. */
export interface Dhis2Seed extends TrackerSeed {
  systemInfo?: SystemInfo;
  systemSettings?: SystemSettings;
  chance?: ServerChance;
  users: SeedUser[];
  attributes?: MetadataAttribute[];
  organisationUnits: OrgUnit[];
  organisationUnitLevels?: OrgUnitLevel[];
  categoryOptions: CategoryOption[];
  categories: Category[];
  categoryCombos: CategoryCombo[];
  categoryOptionCombos: CategoryOptionCombo[];
  optionSets?: OptionSet[];
  options?: Option[];
  dataElements: DataElement[];
  dataSets: DataSet[];
  trackedEntityAttributes?: TrackedEntityAttribute[];
  trackedEntityTypes?: TrackedEntityType[];
  programs?: Program[];
  programStages?: ProgramStage[];
  relationshipTypes?: RelationshipType[];
  programRules?: ProgramRule[];
  /** DHIS2 gives them no name. */
  programRuleActions?: Omit<ProgramRuleAction, 'name'>[];
  programRuleVariables?: ProgramRuleVariable[];
  dataValues?: DataValue[];
  completeDataSetRegistrations?: CompleteRegistration[];
}
