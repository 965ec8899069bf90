import {
  Option,
  RuleActionJs,
  RuleJs,
  RuleValueType,
  RuleVariableJs,
  RuleVariableType,
} from '@dhis2/rule-engine';
import type { ServerContext } from '../../server-context.js';
import { ON_SERVER } from './action-types.js';
import type { ProgramRuleAction, ProgramRuleVariable } from './types.js';

type Metadata = ServerContext['store']['metadata'];

/** The rule engine's view of a program. */
export interface ProgramRules {
  rules: RuleJs[];
  variables: RuleVariableJs[];
}

/**
 * The rules of a program in the form of DHIS2's engine.
 *
 * @param today the value of `V{current_date}`, `yyyy-MM-dd`: the engine uses the clock of the
 * machine, but the sandbox has its own
 * @returns undefined when the program has no rules for a server
 */
export function rulesOf(
  metadata: Metadata,
  program: string,
  today: string,
): ProgramRules | undefined {
  const dated = (text: string | undefined) => text?.replaceAll('V{current_date}', `'${today}'`);
  const rules = metadata
    .list('programRules')
    .filter(rule => rule.program.id === program)
    .map(rule => {
      const actions = rule.programRuleActions
        .map(({ id }) => metadata.get('programRuleActions', id)!)
        .filter(action => ON_SERVER.has(action.programRuleActionType))
        .map(action => toAction(action, dated(action.data)));
      const stage = rule.programStage?.id ?? '';
      return new RuleJs(dated(rule.condition)!, actions, rule.id, rule.name, stage, rule.priority);
    })
    .filter(({ actions }) => actions.length > 0);
  if (rules.length === 0) return undefined;
  const variables = metadata
    .list('programRuleVariables')
    .filter(variable => variable.program.id === program)
    .map(variable => toVariable(metadata, variable));
  return { rules, variables };
}

function toAction(action: ProgramRuleAction, data: string | undefined): RuleActionJs {
  const { programRuleActionType, content, dataElement, trackedEntityAttribute } = action;
  const attributeType = dataElement
    ? 'DATA_ELEMENT'
    : trackedEntityAttribute
      ? 'TRACKED_ENTITY_ATTRIBUTE'
      : 'UNKNOWN';
  const values = new Map([
    ['field', dataElement?.id ?? trackedEntityAttribute?.id ?? ''],
    ['attributeType', attributeType],
    ...(content === undefined ? [] : [['content', content] as const]),
  ]);
  const isMandatory = programRuleActionType === 'SETMANDATORYFIELD';
  return new RuleActionJs(isMandatory ? null : data, programRuleActionType, values);
}

function toVariable(metadata: Metadata, variable: ProgramRuleVariable): RuleVariableJs {
  const { id, name, dataElement, trackedEntityAttribute, useCodeForOptionSet = false } = variable;
  const field = dataElement
    ? metadata.get('dataElements', dataElement.id)
    : metadata.get('trackedEntityAttributes', trackedEntityAttribute?.id ?? '');
  const options =
    field?.optionSet && !useCodeForOptionSet ? metadata.optionsOf(field.optionSet.id) : [];
  return new RuleVariableJs(
    RuleVariableType.valueOf(variable.programRuleVariableSourceType),
    name,
    useCodeForOptionSet,
    options.map(option => new Option(option.name, option.code)),
    field?.id ?? id,
    valueTypeOf(field?.valueType ?? variable.valueType ?? 'TEXT'),
    variable.programStage?.id ?? null,
  );
}

/** The engine's type of a value (the server's source, DefaultProgramRuleEntityMapperService). */
function valueTypeOf(valueType: string): RuleValueType {
  if (valueType === 'BOOLEAN' || valueType === 'TRUE_ONLY') return RuleValueType.BOOLEAN;
  if (/^(INTEGER|NUMBER|UNIT_INTERVAL|PERCENTAGE)/.test(valueType)) return RuleValueType.NUMERIC;
  if (/^(DATE|DATETIME|AGE)$/.test(valueType)) return RuleValueType.DATE;
  return RuleValueType.TEXT;
}
