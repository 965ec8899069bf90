import type { AnyNode, Identifier, Program } from 'acorn';
import { parseJob } from '../../compile/parse-job.js';
import { readFreeIdentifiers, readParents } from '../../compile/scope.js';
import type { Adaptor } from '../../project/resolve-adaptor.js';
import type { Rule } from '../../project/rules.js';

/** Something wrong in the text of a job. */
export interface CodeProblem {
  rule: Rule;
  /** Offset in the text. */
  offset: number;
  message: string;
  fix?: string;
  isWarning?: boolean;
}

/** A job that could be read, as every rule sees it. */
export interface JobCode {
  source: string;
  ast: Program;
  /** Identifiers that nothing in the job declares. */
  free: Identifier[];
  parents: Map<AnyNode, AnyNode>;
  adaptor: Pick<Adaptor, 'name' | 'exports'>;
  /** Whether a node is the use of an export of the adaptor. */
  isExport(node: AnyNode): boolean;
}

/** Reads the text of a job for the rules; it must be one that compiles. */
export function readJobCode(
  source: string,
  file: string,
  adaptor: Pick<Adaptor, 'name' | 'exports'>,
): JobCode {
  const ast = parseJob(source, file);
  const free = readFreeIdentifiers(ast);
  const used = new Set<AnyNode>(free.filter(({ name }) => adaptor.exports.includes(name)));
  const isExport = (node: AnyNode) => used.has(node);
  return { source, ast, free, parents: readParents(ast), adaptor, isExport };
}

/** The innermost object or function that a chain of calls and members begins with. */
export function rootOf(node: AnyNode): AnyNode {
  switch (node.type) {
    case 'CallExpression':
      return rootOf(node.callee);
    case 'MemberExpression':
      return rootOf(node.object);
    case 'ChainExpression':
      return rootOf(node.expression);
    case 'AwaitExpression':
      return rootOf(node.argument);
    default:
      return node;
  }
}
