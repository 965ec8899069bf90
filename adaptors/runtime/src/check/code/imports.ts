/*
 * Imports of a job: the compiler keeps them, and the engine then fails on everything but the job's
 * own adaptor (openfn FACTS §3).
 */
import type { AnyNode, ImportDeclaration } from 'acorn';
import { walk } from 'zimmerframe';
import type { CodeProblem, JobCode } from './code-problem.js';

const FIX =
  'Use the exports of the adaptor, including lodash (`_`) and dateFns, without an import.';

function findMissing({ specifiers }: ImportDeclaration, { adaptor }: JobCode): CodeProblem[] {
  return specifiers.flatMap(specifier => {
    if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier') return [];
    const { name } = specifier.imported;
    if (adaptor.exports.includes(name)) return [];
    const message = `${adaptor.name} exports no ${name}.`;
    return [{ rule: 'import', offset: specifier.start, message }];
  });
}

/** Imports that fail when the step runs. */
export function findImports(code: JobCode): CodeProblem[] {
  const problems: CodeProblem[] = [];
  const refuse = (node: AnyNode, message: string) =>
    problems.push({ rule: 'import', offset: node.start, message, fix: FIX });
  for (const statement of code.ast.body) {
    if (!('source' in statement) || !statement.source) continue;
    const { value } = statement.source;
    if (value !== code.adaptor.name) {
      refuse(statement, `${value} cannot be imported: a job can use its adaptor only.`);
    } else if (statement.type === 'ImportDeclaration') {
      problems.push(...findMissing(statement, code));
    }
  }
  walk(code.ast as AnyNode, null, {
    ImportExpression(node, { next }) {
      refuse(node, 'A job cannot import while it runs.');
      next();
    },
  });
  return problems;
}
