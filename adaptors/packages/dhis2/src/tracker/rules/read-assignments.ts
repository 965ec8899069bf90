import { getOrCreate } from '../../../../../common/src/get-or-create.js';
import type { Dhis2Client } from '../../client.js';
import type { Assignment } from './assignments.js';
import { type FieldOf, readCondition, sourcesOf } from './read-expression.js';

interface Ref {
  id: string;
}

interface ProgramRule extends Ref {
  name?: string;
  condition?: string;
  program?: Ref;
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
  program?: Ref;
  dataElement?: Ref;
  trackedEntityAttribute?: Ref;
}

const RULES =
  'id,name,condition,program[id],programStage[id],programRuleActions[programRuleActionType,data,dataElement[id],trackedEntityAttribute[id]]';
const VARIABLES = 'name,program[id],dataElement[id],trackedEntityAttribute[id]';

/**
 * Reads which values DHIS2's program rules work out themselves (dhis2 LIVE 201), by program: one request,
 * and one more where there are such rules.
 *
 * @param programs ids
 */
export async function readAssignments(
  client: Dhis2Client,
  programs: readonly string[],
): Promise<Map<string, Assignment[]>> {
  const found = new Map<string, Assignment[]>();
  if (programs.length === 0) return found;
  const query = { filter: `program.id:in:[${programs.join(',')}]`, paging: false };
  const { programRules = [] } = await client.get<{ programRules?: ProgramRule[] }>(
    '/programRules',
    { ...query, fields: RULES },
  );
  const assigning = programRules.filter(rule => actionsOf(rule).length > 0);
  if (assigning.length === 0) return found;
  const { programRuleVariables = [] } = await client.get<{ programRuleVariables?: Variable[] }>(
    '/programRuleVariables',
    { ...query, fields: VARIABLES },
  );
  for (const rule of assigning) {
    const program = rule.program?.id ?? '';
    const fieldOf: FieldOf = name => {
      const variable = programRuleVariables.find(
        one => one.name === name && one.program?.id === program,
      );
      return variable?.dataElement?.id ?? variable?.trackedEntityAttribute?.id;
    };
    getOrCreate(found, program, () => [] as Assignment[]).push(...assignmentsOf(rule, fieldOf));
  }
  return found;
}

/** Assignments to an attribute or a data element; others give a value to a name of the rules only. */
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
