/*
 * Lazy state: `$.a.b` in an argument of a call becomes `state.a.b`, and the whole argument becomes
 * `state => (argument)`, unless it already is such a function (openfn FACTS §3). As in OpenFn's
 * compiler, the call is the nearest one around the reference. Where OpenFn's compiler makes code
 * that cannot work (`$.a.b()`, a bare `$`), the job is refused here instead of failing on the platform.
 */
import type { AnyNode, CallExpression, Identifier } from 'acorn';
import { walk } from 'zimmerframe';
import type { Job } from '../job.js';
import type { JobProblem } from '../job-error.js';
import { readTopNames } from '../scope.js';

const USE_FUNCTION = 'Write a function instead: state => state.data.name.trim().';

/** The reason why a `$` cannot be rewritten. */
class Refusal extends Error {
  readonly problem: JobProblem;

  constructor({ start }: AnyNode, message: string, fix: string) {
    super(message);
    this.problem = { code: 'JOB_LAZY_STATE', message, fix, offset: start };
  }
}

function refuse(node: AnyNode, message: string, fix: string): never {
  throw new Refusal(node, message, fix);
}

/** `$` → the whole of `$.a.b`, or of `$.a(...)`, which calls a function that lives in state. */
function readReference(job: Job, dollar: Identifier): AnyNode {
  let node: AnyNode = dollar;
  let parent = job.parents.get(node);
  while (parent?.type === 'MemberExpression' && parent.object === node) {
    node = parent;
    parent = job.parents.get(node);
  }
  if (node === dollar) {
    refuse(dollar, 'Lazy state: $ is used without a field.', 'Name the field, for example $.data.');
  }
  if (parent?.type !== 'CallExpression' || parent.callee !== node) return node;
  const isDirect = node.type === 'MemberExpression' && node.object === dollar;
  const after = job.parents.get(parent);
  const isChained =
    (after?.type === 'MemberExpression' && after.object === parent) ||
    (after?.type === 'CallExpression' && after.callee === parent);
  if (isDirect && !isChained) return parent;
  return refuse(dollar, 'Lazy state: a method of $ cannot be called here.', USE_FUNCTION);
}

/** Whether a call is `$.a(...)`. */
function isCallOfState(job: Job, { callee }: CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    job.free.some(name => name === callee.object && name.name === '$')
  );
}

function isStatement(node: AnyNode): boolean {
  return /Statement$|Declaration$|Definition$|^StaticBlock$|^Program$/.test(node.type);
}

/** The argument of the nearest call around a reference. */
function readArgument(job: Job, reference: AnyNode): AnyNode {
  let argument = reference;
  for (;;) {
    const parent = job.parents.get(argument);
    if (!parent || isStatement(parent)) {
      return refuse(
        reference,
        'Lazy state: Must be inside an operation.',
        'Use $ only in an argument of an operation; elsewhere, read state.data in a function.',
      );
    }
    // An argument of a function that lives in state, $.a($.b), belongs to the operation around it.
    if (parent.type === 'CallExpression' && !isCallOfState(job, parent)) {
      if (argument.type === 'SpreadElement' || parent.callee === argument) {
        return refuse(reference, 'Lazy state: $ cannot be used here.', USE_FUNCTION);
      }
      return argument;
    }
    argument = parent;
  }
}

/** An `await` of the job's own level, which would end up in the new function, where it has no effect. */
function refuseAwait(argument: AnyNode): void {
  walk(argument, null, {
    _(node, { next }) {
      if (/Function|Class/.test(node.type)) return;
      if (node.type === 'AwaitExpression') {
        refuse(node, 'Lazy state: await cannot be used with $.', 'Use fn(async state => ...).');
      }
      next();
    },
  });
}

/** Whether an argument already is `state => ...`. */
function isOpenFunction(job: Job, argument: AnyNode): boolean {
  if (argument.type !== 'ArrowFunctionExpression') return false;
  const [param, ...others] = argument.params;
  if (!param || others.length > 0) {
    const fix = 'Give the function one parameter, state, or use state without $.';
    refuse(argument, 'Lazy state: parent has wrong arity.', fix);
  }
  if (param.type === 'Identifier' && param.name === 'state') return true;
  const name = job.source.slice(param.start, param.end);
  return refuse(
    argument,
    `Lazy state: parameter "${name}" should be called "state".`,
    'Rename the parameter, or read from it without $.',
  );
}

/**
 * OpenFn's compiler respects a `$` that a function declares, but not one that the job declares at
 * its top.
 */
function refuseOwn({ parents }: Job) {
  return (dollar: Identifier): void => {
    const parent = parents.get(dollar);
    if (parent?.type !== 'MemberExpression' || parent.object !== dollar) return;
    const fix = 'Rename the variable $ of the job.';
    refuse(
      dollar,
      'Lazy state: $ is always the state, but the job declares it at its top level.',
      fix,
    );
  };
}

/**
 * Rewrites every `$` that the job does not declare itself.
 *
 * @param onProblem called for each that cannot be rewritten
 */
export function lazyState(job: Job, onProblem: (problem: JobProblem) => void): void {
  const wrapped = new Set<AnyNode>();
  const rewrite = (dollar: Identifier) => {
    const argument = readArgument(job, readReference(job, dollar));
    job.text.update(dollar.start, dollar.end, 'state');
    if (wrapped.has(argument) || isOpenFunction(job, argument)) return;
    refuseAwait(argument);
    wrapped.add(argument);
    job.text.appendRight(argument.start, 'state => (');
    job.text.prependLeft(argument.end, ')');
  };
  const attempt = (dollar: Identifier, action: (dollar: Identifier) => void) => {
    try {
      action(dollar);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      onProblem(error.problem);
    }
  };
  const own = readTopNames(job.ast).find(({ name }) => name === '$');
  for (const dollar of own?.uses ?? []) attempt(dollar, refuseOwn(job));
  for (const dollar of job.free.filter(({ name }) => name === '$')) attempt(dollar, rewrite);
}
