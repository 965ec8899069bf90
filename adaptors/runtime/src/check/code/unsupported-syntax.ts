/*
 * JavaScript that Node runs and OpenFn's compiler fails on: its tokenizer is older than its parser,
 * and its scope analysis does not know some nodes. The local compiler reads all of it.
 */
import type { AnyNode, Program } from 'acorn';
import { walk } from 'zimmerframe';
import type { CodeProblem } from './code-problem.js';

/** What in a node the compiler fails on, in words, and what to write instead. */
function nameOf(node: AnyNode, source: string): [what: string, fix: string] | undefined {
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'number' && source.slice(node.start, node.end).includes('_')) {
        return ['a number with underscores', 'Omit the underscores.'];
      }
      return node.bigint != null
        ? ['a BigInt literal', 'Write BigInt(10) instead of 10n.']
        : undefined;
    case 'PrivateIdentifier':
      return ['a private name', 'Use an ordinary name.'];
    case 'PropertyDefinition':
      return ['a class field', 'Set it in the constructor.'];
    case 'StaticBlock':
      return ['a static block', 'Set it after the class.'];
    case 'CatchClause':
      return node.param ? undefined : ['a catch without a parameter', 'Write catch (error).'];
    default:
      return undefined;
  }
}

/** Places where OpenFn's compiler would fail. */
export function findUnsupportedSyntax({
  ast,
  source,
}: {
  ast: Program;
  source: string;
}): CodeProblem[] {
  const problems: CodeProblem[] = [];
  const add = (offset: number, [what, fix]: [string, string]) =>
    problems.push({
      rule: 'unsupported-syntax',
      offset,
      message: `OpenFn's compiler cannot read ${what}.`,
      fix,
    });
  if (source.startsWith('#!')) add(0, ['a first line with #!', 'Remove it.']);
  walk(ast as AnyNode, null, {
    _(node, { next }) {
      const named = nameOf(node, source);
      if (named) add(node.start, named);
      next();
    },
  });
  return problems;
}
