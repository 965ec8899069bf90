/*
 * A bundled job has hundreds of small functions. `function a(b){return c}` is twice as long as
 * `a=b=>c`, and esbuild leaves it as it is.
 */
import type { AnyNode, Expression, FunctionDeclaration, Program } from 'acorn';
import type MagicString from 'magic-string';
import { walk } from 'zimmerframe';
import { readPlainFunctions } from '../compile/scope.js';

/** What only a function of the long form has, in its own body or in arrow functions of that. */
function usesOwnScope(declared: FunctionDeclaration): boolean {
  let found = false;
  walk(declared as AnyNode, null, {
    _(node, { next }) {
      const isOther = node !== declared && /^(Function|Class|MethodDefinition)/.test(node.type);
      if (!isOther) next();
    },
    ThisExpression() {
      found = true;
    },
    MetaProperty() {
      found = true;
    },
    Identifier({ name }) {
      found ||= name === 'arguments';
    },
  });
  return found;
}

/** What a body of one statement returns. */
function returnedBy({ body }: FunctionDeclaration): Expression | undefined {
  const [only, more] = body.body;
  return !more && only?.type === 'ReturnStatement' ? (only.argument ?? undefined) : undefined;
}

/** Turns one declaration into `name=parameters=>body`, where it is. */
function toArrow(declared: FunctionDeclaration, text: MagicString): void {
  const code = text.original;
  const { id, params, body, async: isAsync } = declared;
  const [only, more] = params;
  text.update(declared.start, id.end, `${id.name}=${isAsync ? 'async' : ''}`);
  if (only?.type === 'Identifier' && !more) {
    text.update(id.end, body.start, `${isAsync ? ' ' : ''}${only.name}=>`);
  } else {
    // No line may end before the arrow.
    const close = code.lastIndexOf(')', body.start);
    text.update(close, body.start, ')=>');
  }
  const returned = returnedBy(declared);
  if (!returned) return;
  const needsParentheses =
    returned.type === 'SequenceExpression' || code.startsWith('{', returned.start);
  text.update(body.start, returned.start, needsParentheses ? '(' : '');
  text.update(returned.end, body.end, needsParentheses ? ')' : '');
}

/**
 * Makes constants of the function declarations of a minified module. They go to the beginning of
 * their block, as a declaration exists before the block's first line runs. Left as they are: those
 * that are called with `new`, have a `this` of their own, are changed, or are generators.
 *
 * @param text edited already: what moves cannot be edited any more
 */
export function shortenFunctions(ast: Program, text: MagicString): void {
  const groups = readPlainFunctions(ast).map(({ among, declared }) => ({
    among,
    short: declared.filter(each => !each.generator && !usesOwnScope(each)),
  }));
  for (const { short } of groups) for (const each of short) toArrow(each, text);
  for (const { among, short } of groups) {
    let to = among.find(({ type }) => type !== 'ImportDeclaration')!.start;
    for (const [index, each] of short.entries()) {
      if (index === 0) text.appendRight(each.start, 'const ');
      text.appendLeft(each.end, index === short.length - 1 ? ';' : ',');
      if (each.start === to) to = each.end;
      else text.move(each.start, each.end, to);
    }
  }
}
