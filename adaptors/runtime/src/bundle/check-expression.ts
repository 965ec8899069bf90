import type { AnyNode, Program } from 'acorn';
import { walk } from 'zimmerframe';
import { configurationError } from '#common/reporting/errors.js';
import { findUnsupportedSyntax } from '../check/code/unsupported-syntax.js';
import { parseJob } from '../compile/parse-job.js';
import { readFreeIdentifiers, readTopNames } from '../compile/scope.js';
import { PLATFORM_GLOBALS } from '../platform/globals.js';
import type { Adaptor } from '../project/resolve-adaptor.js';

/** Names that code tests before it uses them: `typeof TextDecoder != 'undefined'`. */
function readGuarded(ast: Program): Set<string> {
  const names = new Set<string>();
  walk(ast as AnyNode, null, {
    UnaryExpression({ operator, argument }, { next }) {
      if (operator === 'typeof' && argument.type === 'Identifier') names.add(argument.name);
      next();
    },
  });
  return names;
}

function findIdentifiers(ast: Program, name: string): number[] {
  const places: number[] = [];
  walk(ast as AnyNode, null, {
    Identifier(node) {
      if (node.name === name) places.push(node.start);
    },
  });
  return places;
}

/**
 * Checks that OpenFn's compiler and engine read the added code as it is meant: no name that the
 * platform lacks or the job has declared, no `$`, no statement that would become an operation.
 *
 * @param expression the job with its adaptor
 * @param job the job alone
 * @throws IntegrationError `BUNDLE_FAILED`, kind `configuration`
 */
export function checkExpression(
  expression: string,
  job: { file: string; adaptor: Adaptor; ast: Program },
): void {
  const ast = parseJob(expression, job.file);
  const isBelow = (offset: number) => offset > job.ast.end;
  const guarded = readGuarded(ast);
  const missing = readFreeIdentifiers(ast)
    .filter(({ name, start }) => isBelow(start) && !PLATFORM_GLOBALS.has(name))
    .filter(({ name }) => !guarded.has(name))
    .map(({ name }) => name);
  const taken = readTopNames(ast)
    .filter(({ start, uses }) => !isBelow(start) && uses.some(use => isBelow(use.start)))
    .map(({ name }) => name);
  const isLazy = findIdentifiers(ast, '$').some(isBelow);
  const unread = findUnsupportedSyntax({ ast, source: expression }).find(({ offset }) =>
    isBelow(offset),
  );
  const added = ast.body.some(
    ({ type, start }) => isBelow(start) && type === 'ExpressionStatement',
  );
  const reasons = [
    ...(missing.length > 0 ? [`it uses ${[...new Set(missing)].join(', ')}`] : []),
    ...(taken.length > 0 ? [`the job declares ${taken.join(', ')} itself`] : []),
    ...(isLazy ? ['it uses the name $, which is lazy state'] : []),
    ...(unread ? [unread.message.replace(/\.$/, '')] : []),
    ...(added ? ['it contains statements that would become operations'] : []),
  ];
  if (reasons.length === 0) return;
  throw configurationError(
    'BUNDLE_FAILED',
    `${job.adaptor.name} cannot be built into ${job.file}: ${reasons.join('; ')}.`,
    {
      fix: 'The platform gives a job the language itself, console, timers and Buffer, nothing else.',
    },
  );
}
