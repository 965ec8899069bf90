import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import { importSeed } from './tracker-import.js';
import { WHO } from './tracker-seed.js';

/** The objects that the rules of the fixture refer to. */
export const RULED = {
  number: 'RuleNumber1',
  assigned: 'RuleAssign1',
  mandatory: 'RuleMandat1',
  birthDate: 'RuleBirthD1',
} as const;

export interface GivenRule {
  id: string;
  condition: string;
  type: string;
  /** The id of a data element or of an attribute. */
  field?: string;
  data?: string;
  content?: string;
}

const ref = (id: string) => ({ id });

/**
 * The fixture of imports with a number among the lab results, and a birth date. Its stage of lab
 * results is validated with every write, the clinical one on completion.
 */
export function aRuleSeed(rules: readonly GivenRule[]): Dhis2Seed {
  const seed = importSeed();
  const element = seed.dataElements.find(({ id }) => id === WHO.labResult)!;
  for (const id of [RULED.number, RULED.assigned, RULED.mandatory]) {
    const valueType = id === RULED.mandatory ? 'TEXT' : 'NUMBER';
    seed.dataElements.push({ ...element, id, code: id.toUpperCase(), name: id, valueType });
    for (const stage of seed.programStages!.slice(0, 2)) {
      stage.programStageDataElements.push({ dataElement: ref(id) });
    }
  }
  const results = seed.programStages!.find(({ id }) => id === WHO.labResults)!;
  results.validationStrategy = 'ON_UPDATE_AND_INSERT';
  for (const part of results.programStageDataElements) part.compulsory = false;
  seed.trackedEntityAttributes!.push({ id: RULED.birthDate, name: 'born', valueType: 'DATE' });
  seed.programs![0]!.programTrackedEntityAttributes.push({
    trackedEntityAttribute: ref(RULED.birthDate),
  });
  const attributes = new Set(seed.trackedEntityAttributes!.map(({ id }) => id));
  seed.programRuleVariables = [
    aVariable('number', { dataElement: ref(RULED.number) }),
    aVariable('onset', { dataElement: ref(WHO.onset) }),
    aVariable('dob', { trackedEntityAttribute: ref(RULED.birthDate) }),
    aVariable('first', { trackedEntityAttribute: ref(WHO.firstName) }),
  ];
  seed.programRules = rules.map(({ id, condition }, index) => ({
    id,
    name: `rule ${id}`,
    program: ref(WHO.cases),
    condition,
    priority: index + 1,
    programRuleActions: [ref(actionOf(id))],
  }));
  seed.programRuleActions = rules.map(({ id, type, field, data, content }) => ({
    id: actionOf(id),
    programRule: ref(id),
    programRuleActionType: type,
    ...(data === undefined ? {} : { data }),
    ...(content === undefined ? {} : { content }),
    ...(field === undefined
      ? {}
      : attributes.has(field)
        ? { trackedEntityAttribute: ref(field) }
        : { dataElement: ref(field) }),
  }));
  return seed;
}

function aVariable(name: string, field: object) {
  const isAttribute = 'trackedEntityAttribute' in field;
  return {
    id: `Variable${name.slice(0, 3).toUpperCase()}`,
    name,
    program: ref(WHO.cases),
    programRuleVariableSourceType: isAttribute
      ? ('TEI_ATTRIBUTE' as const)
      : ('DATAELEMENT_CURRENT_EVENT' as const),
    useCodeForOptionSet: true,
    ...field,
  };
}

const actionOf = (rule: string) => rule.replace(/^..../, 'Acti');
