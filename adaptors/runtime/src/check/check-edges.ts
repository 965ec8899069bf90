/*
 * Edges that can be run but do not do what they seem to do, or that the platform refuses. Whether
 * they can be run at all is checked before (project/check-workflow.ts).
 */
import type { AnyNode, Program } from 'acorn';
import { walk } from 'zimmerframe';
import { readFreeIdentifiers } from '../compile/scope.js';
import { CONDITION_GLOBALS } from '../platform/globals.js';
import { parseCondition } from '../project/check-condition.js';
import type { Rule } from '../project/rules.js';
import type { EdgeSpec, WorkflowSpec } from '../project/spec.js';
import type { SpecProblem } from '../project/spec-problem.js';

/** Words and a length that the platform refuses in a condition. */
const REFUSED_WORDS = /\b(import|require|process|await|eval)\b/;
const MAX_LENGTH = 255;

/** Rule, key of the edge where it is, rest of the sentence. */
type PartProblem = [rule: Rule, key: string, message: string];

/** Methods that change the list on which they are called. */
const CHANGING = new Set('copyWithin fill pop push reverse shift sort splice unshift'.split(' '));

/** What a node changes: the target of an assignment, or the list of `list.sort()`. */
function changedBy(node: AnyNode): AnyNode | undefined {
  if (node.type === 'AssignmentExpression') return node.left;
  if (node.type === 'UpdateExpression') return node.argument;
  if (node.type === 'UnaryExpression' && node.operator === 'delete') return node.argument;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = node.callee;
  return property.type === 'Identifier' && CHANGING.has(property.name) ? object : undefined;
}

/** Whether a condition changes the state: the engine gives it that of the next step. */
function changesState(program: Program): boolean {
  const free = new Set<AnyNode>(readFreeIdentifiers(program));
  let found = false;
  walk(program as AnyNode, null, {
    _(node, { next }) {
      let target = changedBy(node);
      while (target?.type === 'MemberExpression' || target?.type === 'ChainExpression') {
        target = target.type === 'MemberExpression' ? target.object : target.expression;
      }
      if (target && free.has(target)) found = true;
      next();
    },
  });
  return found;
}

function checkExpression(expression: string): PartProblem[] {
  const program = parseCondition(expression);
  const free = program ? readFreeIdentifiers(program).map(({ name }) => name) : [];
  const unknown = [...new Set(free)].filter(name => !CONDITION_GLOBALS.has(name));
  const word = REFUSED_WORDS.exec(expression)?.[0];
  const reasons = [
    ...unknown.map(name => `cannot use ${name}, only state`),
    ...(word && !unknown.includes(word)
      ? [`contains the word ${word}, which the platform refuses`]
      : []),
    ...(program && changesState(program)
      ? ['changes the state of the next step: compare with === instead of assigning']
      : []),
    ...(expression.length > MAX_LENGTH ? [`is longer than ${MAX_LENGTH} characters`] : []),
  ];
  return reasons.map(reason => [
    'bad-condition',
    'condition_expression',
    `condition_expression ${reason}`,
  ]);
}

function checkEdge(edge: EdgeSpec): PartProblem[] {
  const { source_job, source_trigger, condition_type: type, condition_expression } = edge;
  const problems: PartProblem[] = [];
  if (source_job != null && source_trigger != null) {
    problems.push([
      'two-sources',
      'source_job',
      'source_job and source_trigger exclude each other',
    ]);
  }
  if (source_trigger != null && type?.startsWith('on_job_')) {
    problems.push(['bad-condition', 'condition_type', `${type} has no effect after a trigger`]);
  }
  if (type === 'js_expression') {
    problems.push(...checkExpression(String(condition_expression ?? '')));
  } else if (condition_expression != null) {
    const message = `condition_expression has no effect while condition_type is ${type}`;
    problems.push(['bad-condition', 'condition_expression', message]);
  }
  return problems;
}

/** Two edges between the same steps: OpenFn's tools keep the condition of one. */
function findTwice(edges: [string, EdgeSpec][]): [string, PartProblem][] {
  const ways = new Map<string, string>();
  return edges.flatMap(([key, { source_job, source_trigger, target_job }]) => {
    const way = JSON.stringify([source_job, source_trigger, target_job]);
    const other = ways.get(way);
    ways.set(way, other ?? key);
    if (other === undefined) return [];
    const message = `${other} leads from and to the same steps: one of the two would be lost`;
    return [[key, ['duplicate-edge', '', message]] as [string, PartProblem]];
  });
}

/** What is wrong with the edges of a workflow. */
export function checkEdges(workflow: WorkflowSpec, at: string[]): SpecProblem[] {
  const edges = Object.entries(workflow.edges ?? {});
  const problems = edges.flatMap(([key, edge]) =>
    checkEdge(edge).map((problem): [string, PartProblem] => [key, problem]),
  );
  return [...problems, ...findTwice(edges)].map(([key, [rule, place, message]]) => ({
    rule,
    path: [...at, 'edges', key, place],
    message: `Edge ${key}: ${message}.`,
  }));
}
