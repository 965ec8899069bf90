import type { AnyNode } from 'acorn';
import { walk } from 'zimmerframe';

/** `table` of `table.rows[1]`. */
function rootOf(node: AnyNode): AnyNode {
  return node.type === 'MemberExpression' ? rootOf(node.object) : node;
}

/**
 * The names that a statement may change: those it assigns to, those whose methods it calls, and
 * those it hands to a function. Not those inside its functions, which it only creates.
 *
 * @example
 * // codes.push(first); sizes[2] = 7; fill(table, () => other);
 * // → codes, first, sizes, table
 */
export function readChangedNames(statement: AnyNode): Set<string> {
  const names = new Set<string>();
  const add = (node: AnyNode) => {
    const root = rootOf(node);
    if (root.type === 'Identifier') names.add(root.name);
  };
  walk(statement, null, {
    _(node, { next }) {
      if (!/Function/.test(node.type)) next();
    },
    AssignmentExpression({ left }, { next }) {
      add(left);
      next();
    },
    UpdateExpression({ argument }, { next }) {
      add(argument);
      next();
    },
    CallExpression({ callee, arguments: given }, { next }) {
      if (callee.type === 'MemberExpression') add(callee);
      given.forEach(add);
      next();
    },
  });
  return names;
}
