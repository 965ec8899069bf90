import type { DataElement, Dhis2Seed, OptionSet, OrgUnit } from '../dhis2/index.js';
import { uidOf } from '../outbreak/index.js';
import {
  ATTRIBUTES,
  type Field,
  OPTION_NAMES,
  OPTION_SETS,
  PERSON_TYPE,
  PROGRAMS,
  RELATIONSHIP_TYPE,
  STAGES,
  type ValueKind,
} from './package-ids.js';
import { createRules } from './rules.js';

/** The metadata of both programs. */
export type ProgramMetadata = Required<
  Pick<
    Dhis2Seed,
    | 'optionSets'
    | 'dataElements'
    | 'trackedEntityAttributes'
    | 'trackedEntityTypes'
    | 'programs'
    | 'programStages'
    | 'relationshipTypes'
    | 'programRules'
    | 'programRuleActions'
    | 'programRuleVariables'
  >
>;

/** Metadata that every server has (dhis2 FACTS §5). */
const DEFAULT_COMBO = 'bjDvmb4bfuf';

/** The pattern from which DHIS2 generates the ids of people (dhis2 FACTS §4.1). */
const PATTERNS: Readonly<Record<string, string>> = {
  SYSTEM_GENERATED_ID: '"COVID19_" + SEQUENTIAL(#######)',
  SYSTEM_GENERATED_CONTACT_ID: '"COVID19_CONTACT" + SEQUENTIAL(#######)',
};

const VALUE_TYPES: Readonly<Partial<Record<ValueKind, string>>> = {
  date: 'DATE',
  wholeNumber: 'INTEGER_ZERO_OR_POSITIVE',
  orgUnit: 'ORGANISATION_UNIT',
  phone: 'PHONE_NUMBER',
};

/**
 * Programs, stages and the rest with the ids of WHO's COVID-19 packages, so that a mapping for
 * those packages fits.
 *
 * @param orgUnits org units that both programs are assigned to
 */
export function createMetadata(orgUnits: readonly OrgUnit[]): ProgramMetadata {
  const stages = Object.entries(STAGES);
  const fields = new Map<string, Field>();
  for (const [, stage] of stages) for (const field of stage.fields) fields.set(field[0], field);
  const everyPerson = ATTRIBUTES.slice(0, 4).map(ofAttribute);
  const constraint = {
    relationshipEntity: 'TRACKED_ENTITY_INSTANCE' as const,
    trackedEntityType: { id: PERSON_TYPE },
  };
  return {
    optionSets: Object.keys(OPTION_SETS).map(name => toOptionSet(name as keyof typeof OPTION_SETS)),
    dataElements: [...fields.values()].map(toDataElement),
    trackedEntityAttributes: ATTRIBUTES.map(field => ({
      ...toField(field),
      ...(PATTERNS[field[1]] ? { unique: true, generated: true, pattern: PATTERNS[field[1]] } : {}),
    })),
    trackedEntityTypes: [
      {
        ...{ id: PERSON_TYPE, name: 'Person', shortName: 'Person' },
        trackedEntityTypeAttributes: everyPerson,
      },
    ],
    programs: Object.entries(PROGRAMS).map(([name, { id, code, foreign }]) => ({
      id,
      code,
      name: `Demonstration: ${name}`,
      shortName: `Demonstration: ${name}`,
      // As in WHO's packages; a new program requires it (dhis2 LIVE, "Incident date").
      displayIncidentDate: false,
      trackedEntityType: { id: PERSON_TYPE },
      organisationUnits: orgUnits.map(unit => ({ id: unit.id })),
      programTrackedEntityAttributes: ATTRIBUTES.filter(([, own]) => own !== foreign).map(
        ofAttribute,
      ),
      categoryCombo: { id: DEFAULT_COMBO },
    })),
    programStages: stages.map(([name, stage], index) => ({
      id: stage.id,
      name: toName(name),
      program: { id: PROGRAMS[stage.program].id },
      repeatable: stage.repeatable,
      sortOrder: index + 1,
      programStageDataElements: stage.fields.map(([id]) => ({ dataElement: { id } })),
    })),
    ...createRules(),
    relationshipTypes: [
      {
        id: RELATIONSHIP_TYPE,
        name: 'Has been in contact with',
        fromToName: 'Has been in contact with',
        toFromName: 'Has been in contact with',
        bidirectional: true,
        fromConstraint: constraint,
        toConstraint: constraint,
      },
    ],
  };
}

function toOptionSet(name: keyof typeof OPTION_SETS): OptionSet {
  return {
    id: optionSetId(name),
    code: name.toUpperCase(),
    // The workflow options-to-reference-data finds it by its name.
    name: name === 'vaccine' ? 'Vaccine types' : toName(name),
    valueType: 'TEXT',
    options: OPTION_SETS[name].map(code => ({
      id: uidOf(`option ${name} ${code}`),
      code,
      name: OPTION_NAMES[code] ?? toName(code.replace(/^VACC_TYPE_/, '')),
    })),
  };
}

function toDataElement(field: Field): DataElement {
  return {
    ...toField(field),
    aggregationType: 'NONE',
    domainType: 'TRACKER',
    zeroIsSignificant: false,
    categoryCombo: { id: DEFAULT_COMBO },
  };
}

function toField([id, code, kind]: Field) {
  return {
    id,
    code,
    name: toName(code),
    shortName: toName(code),
    valueType: VALUE_TYPES[kind] ?? 'TEXT',
    ...(kind in OPTION_SETS ? { optionSet: { id: optionSetId(kind) } } : {}),
  };
}

function ofAttribute([id]: Field) {
  return { trackedEntityAttribute: { id } };
}

function optionSetId(name: string): string {
  return uidOf(`option set ${name}`);
}

/** Words of a code. Abbreviations stay: MMR, BCG. */
function toName(code: string): string {
  if (code.length <= 3) return code;
  const words = code.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
