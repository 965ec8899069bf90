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
} from '../tracker/types.js';
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
} from './types.js';

/** The metadata collections, by their names in the API, and the type of their objects. */
export interface Collections {
  attributes: MetadataAttribute;
  organisationUnits: OrgUnit;
  organisationUnitLevels: OrgUnitLevel;
  categoryOptions: CategoryOption;
  categories: Category;
  categoryCombos: CategoryCombo;
  categoryOptionCombos: CategoryOptionCombo;
  optionSets: OptionSet;
  options: Option;
  dataElements: DataElement;
  dataSets: DataSet;
  trackedEntityAttributes: TrackedEntityAttribute;
  trackedEntityTypes: TrackedEntityType;
  programs: Program;
  programStages: ProgramStage;
  relationshipTypes: RelationshipType;
  programRules: ProgramRule;
  programRuleActions: ProgramRuleAction;
  programRuleVariables: ProgramRuleVariable;
}

export type CollectionName = keyof Collections;

/** Names of all collections, in the order in which they are saved. */
export const COLLECTIONS: readonly CollectionName[] = [
  'attributes',
  'organisationUnits',
  'organisationUnitLevels',
  'categoryOptions',
  'categories',
  'categoryCombos',
  'categoryOptionCombos',
  'optionSets',
  'options',
  'dataElements',
  'dataSets',
  'trackedEntityAttributes',
  'trackedEntityTypes',
  'programs',
  'programStages',
  'relationshipTypes',
  'programRules',
  'programRuleActions',
  'programRuleVariables',
];
