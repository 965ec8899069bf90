import type { SeedUser } from '../accounts/types.js';
import type { CompleteRegistration, DataValue } from '../data/types.js';
import type {
  Category,
  CategoryCombo,
  CategoryOption,
  CategoryOptionCombo,
  DataElement,
  DataSet,
  MetadataAttribute,
  Option,
  OptionSet,
  OrgUnit,
  OrgUnitLevel,
} from '../metadata/types.js';
import type { ServerChance, SystemInfo, SystemSettings } from '../system/types.js';
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

/** The complete content of a sandbox server; also the format in which it is saved. */
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
  /** Rule actions have no name in DHIS2. */
  programRuleActions?: Omit<ProgramRuleAction, 'name'>[];
  programRuleVariables?: ProgramRuleVariable[];
  dataValues?: DataValue[];
  completeDataSetRegistrations?: CompleteRegistration[];
}
