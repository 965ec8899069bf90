import { sandboxRefusal } from '../../http/web-message.js';

/** A parsed `fields` expression: names, `*`, `:preset` or `!name`, each with fields of its own. */
export type FieldTree = Map<string, FieldTree | undefined>;

/** All fields of an object. */
export const EVERYTHING: FieldTree = new Map([['*', undefined]]);

/**
 * Everything that is allowed between the separators; transformers (`~rename`) are not supported.
 */
const NAME = /^(?:\*|:[a-z]+|!?[A-Za-z]+)$/;

/**
 * Reads a `fields` expression such as `id,categoryCombo[id,categories[id,code]]`.
 *
 * @throws Refusal 400 when brackets do not match or the sandbox does not support a transformer
 * @example
 * parseFields('id,access[data[write]]').get('access');
 */
export function parseFields(expression: string): FieldTree {
  const root: FieldTree = new Map();
  const stack: FieldTree[] = [root];
  let last: string | undefined;
  for (const token of expression.match(/[[\],]|[^[\],]+/g) ?? []) {
    const tree = stack.at(-1)!;
    if (token === ',') {
      last = undefined;
    } else if (token === '[') {
      if (last === undefined) throw malformed(expression);
      const nested: FieldTree = tree.get(last) ?? new Map();
      tree.set(last, nested);
      stack.push(nested);
      last = undefined;
    } else if (token === ']') {
      stack.pop();
      if (stack.length === 0) throw malformed(expression);
      last = undefined;
    } else {
      last = token.trim();
      if (!NAME.test(last)) throw malformed(expression);
      if (!tree.has(last)) tree.set(last, undefined);
    }
  }
  if (stack.length !== 1) throw malformed(expression);
  return root;
}

function malformed(expression: string) {
  return sandboxRefusal(400, `the fields expression "${expression}"`);
}
