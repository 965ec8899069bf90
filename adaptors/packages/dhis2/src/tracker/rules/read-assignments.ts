import { getOrCreate } from '#common/collections/get-or-create.js';
import type { Dhis2Client } from '../../client/client.js';
import type { Assignment } from './assignments.js';
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
 * Reads which values DHIS2's program rules compute themselves (dhis2 LIVE 201), by program, in one
 * request.
 *
 * @param programs ids
 */
export async function readAssignments(
  client: Dhis2Client,
  programs: readonly string[],
): Promise<Map<string, Assignment[]>> {
  const found = new Map<string, Assignment[]>();
  if (programs.length === 0) return found;
  const { programRules = [] } = await client.get<{ programRules?: ProgramRule[] }>(
    '/programRules',
    { filter: `program.id:in:[${programs.join(',')}]`, fields: RULES, paging: false },
  );
  for (const rule of programRules) {
    const { id: program = '', programRuleVariables = [] } = rule.program ?? {};
    const fieldOf: FieldOf = name => {
      const variable = programRuleVariables.find(one => one.name === name);
      return variable?.dataElement?.id ?? variable?.trackedEntityAttribute?.id;
    };
    if (actionsOf(rule).length === 0) continue;
    getOrCreate(found, program, () => [] as Assignment[]).push(...assignmentsOf(rule, fieldOf));
  }
  return found;
}

/** Assignments to an attribute or a data element. Others only set a variable of the rules. */
function actionsOf({ programRuleActions = [] }: ProgramRule) {
  return programRuleActions.filter(
    ({ programRuleActionType, dataElement, trackedEntityAttribute }) =>
      programRuleActionType === 'ASSIGN' && (dataElement || trackedEntityAttribute),
  );
}

function assignmentsOf(rule: ProgramRule, fieldOf: FieldOf): Assignment[] {
  const { id, name = id, condition = 'true', programStage } = rule;
  return actionsOf(rule).map(({ data = '', dataElement, trackedEntityAttribute }) => ({
    rule: { id, name },
    field: (dataElement ?? trackedEntityAttribute)!.id,
    kind: dataElement ? 'dataElement' : 'attribute',
    ...(programStage ? { stage: programStage.id } : {}),
    sources: sourcesOf(data, fieldOf),
    terms: readCondition(condition, fieldOf),
  }));
}
