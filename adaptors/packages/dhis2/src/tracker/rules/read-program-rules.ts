import { getOrCreate } from '#common/collections/get-or-create.js';
import type { Dhis2Client } from '../../client/client.js';
import type { Assignment } from './assignments.js';
import type { ProgramRules, RuleRef } from './program-rules.js';
import { type FieldOf, readCondition, sourcesOf } from './read-expression.js';

interface Ref {
  id: string;
}

interface ProgramRule extends Ref {
  name?: string;
  condition?: string;
  program?: Ref & { programRuleVariables?: Variable[] };
  programStage?: Ref;
  programRuleActions?: {
    programRuleActionType?: string;
    data?: string;
    dataElement?: Ref;
    trackedEntityAttribute?: Ref;
  }[];
}

interface Variable {
  name?: string;
  dataElement?: Ref;
  trackedEntityAttribute?: Ref;
}

const FIELD = 'dataElement[id],trackedEntityAttribute[id]';
const RULES = `id,name,condition,programStage[id],programRuleActions[programRuleActionType,data,${FIELD}],program[id,programRuleVariables[name,${FIELD}]]`;

/**
 * Reads what the rules of programs do on import (dhis2 LIVE 198 to 202), by program, in one request.
 *
 * @param programs ids
 */
export async function readProgramRules(
  client: Dhis2Client,
  programs: readonly string[],
): Promise<Map<string, ProgramRules>> {
  const found = new Map<string, ProgramRules>();
  if (programs.length === 0) return found;
  const programRules = await client.list<ProgramRule>('/programRules', {
    filter: `program.id:in:[${programs.join(',')}]`,
    fields: RULES,
  });
  for (const rule of programRules) {
    const { id: program = '', programRuleVariables = [] } = rule.program ?? {};
    const fieldOf: FieldOf = name => {
      const variable = programRuleVariables.find(one => one.name === name);
      return variable?.dataElement?.id ?? variable?.trackedEntityAttribute?.id;
    };
    const rules = getOrCreate(found, program, () => ({
      assignments: [],
      mandatory: [],
      refusals: [],
    }));
    addRule(rules, rule, fieldOf);
  }
  return found;
}

function addRule(
  { assignments, mandatory, refusals }: ProgramRules,
  rule: ProgramRule,
  fieldOf: FieldOf,
) {
  const { id, name = id, condition = 'true', programStage, programRuleActions = [] } = rule;
  const ref: RuleRef = { id, name };
  const stage = programStage ? { stage: programStage.id } : {};
  const when = {
    reads: sourcesOf(condition, fieldOf),
    terms: readCondition(condition, fieldOf),
    ...stage,
  };
  const types = new Set(programRuleActions.map(one => one.programRuleActionType));
  if (REFUSING.some(type => types.has(type))) refusals.push({ rule: ref, ...when });
  for (const { programRuleActionType: type, data = '', ...target } of programRuleActions) {
    const { dataElement, trackedEntityAttribute } = target;
    const field = (dataElement ?? trackedEntityAttribute)?.id;
    // Other assignments only set a variable of the rules.
    if (field === undefined) continue;
    const kind: Assignment['kind'] = dataElement ? 'dataElement' : 'attribute';
    if (type === 'SETMANDATORYFIELD') mandatory.push({ rule: ref, field, kind, ...when });
    if (type !== 'ASSIGN') continue;
    const sources = sourcesOf(data, fieldOf);
    assignments.push({ rule: ref, field, kind, ...stage, sources, terms: when.terms });
  }
}

/** Actions for which DHIS2 refuses a person (E1300). */
const REFUSING = ['SHOWERROR', 'ERRORONCOMPLETE'];
