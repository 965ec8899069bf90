/*
 * The parts of an adaptor repeat short texts (`"trackedEntities"`), functions of the language
 * (`Object.entries`) and names of properties (`.relationships`). esbuild writes each of them out at
 * every place.
 */
import type { AnyNode, Program } from 'acorn';
import type MagicString from 'magic-string';
import { walk } from 'zimmerframe';

/** Functions of the language that need no `this`. */
const FREE = /^(Object\.\w+|Array\.isArray|Number\.is\w+|Math\.\w+|JSON\.\w+)$/;
/** Words that no constant can have as its name. */
const RESERVED = new Set(['do', 'if', 'in', 'of', 'as']);
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Read in every loop, where V8 is fastest with the name itself. */
const LENGTH = 'length';

/** A part of the module, and what stands there instead: `%` is the name of the constant. */
interface Place {
  start: number;
  end: number;
  as: string;
}

/** What occurs at several places. */
interface Repeated {
  /** The value of its constant. */
  raw: string;
  places: Place[];
}

/** Whether a text at this place is the name of something, not a value. */
function isName(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (!parent || /^(Import|Export)/.test(parent.type)) return true;
  if (parent.type === 'ExpressionStatement') return true;
  return (
    (parent.type === 'Property' || parent.type === 'MethodDefinition') &&
    parent.key === node &&
    !parent.computed
  );
}

function findRepeated(ast: Program, code: string): { repeated: Repeated[]; names: Set<string> } {
  const found = new Map<string, Repeated>();
  const names = new Set<string>();
  const add = (key: string, raw: string, place: Place) => {
    const entry = found.get(key) ?? { raw, places: [] };
    found.set(key, { raw: entry.raw.length <= raw.length ? entry.raw : raw, places: entry.places });
    entry.places.push(place);
  };
  const addWhole = (key: string, { start, end }: AnyNode) => {
    // A text may stand right beside a word, as in `return"a"`; a name may not.
    const [before, after] = [start - 1, end].map(at => (/[\w$]/.test(code[at] ?? '') ? ' ' : ''));
    add(key, code.slice(start, end), { start, end, as: `${before}%${after}` });
  };
  walk(ast as AnyNode, null, {
    Identifier({ name }) {
      names.add(name);
    },
    Literal(node, { path }) {
      if (typeof node.value === 'string' && !isName(node, path.at(-1)))
        addWhole(`"${node.value}`, node);
    },
    UnaryExpression(node, { next }) {
      if (node.operator === 'void' && node.argument.type === 'Literal') addWhole('void 0', node);
      else next();
    },
    MemberExpression(node, { next }) {
      next();
      const { computed, optional, property } = node;
      if (computed || property.type !== 'Identifier' || property.name === LENGTH) return;
      if (FREE.test(code.slice(node.start, node.end))) return;
      const { start, end, name } = property;
      // `a?.b` becomes `a?.[c]`.
      const from = optional ? start : code.lastIndexOf('.', start);
      add(`"${name}`, `"${name}"`, { start: from, end, as: '[%]' });
    },
    CallExpression({ callee }, { next }) {
      const written = code.slice(callee.start, callee.end);
      if (callee.type === 'MemberExpression' && FREE.test(written)) addWhole(written, callee);
      next();
    },
  });
  return { repeated: [...found.values()], names };
}

/** Names that nothing in the module has, the short ones first. */
function* freeNames(taken: ReadonlySet<string>): Generator<string> {
  const isFree = (name: string) => !taken.has(name) && !RESERVED.has(name);
  yield* [...LETTERS].filter(isFree);
  for (const first of LETTERS) {
    for (const second of LETTERS) if (isFree(first + second)) yield first + second;
  }
}

/**
 * Makes constants of what a minified module repeats, where that makes it shorter. They are its first
 * line.
 */
export function shareRepeated(ast: Program, text: MagicString): void {
  const code = text.original;
  const { repeated, names } = findRepeated(ast, code);
  const most = repeated.sort((a, b) => b.places.length - a.places.length);
  const constants: string[] = [];
  const free = freeNames(names);
  let name = free.next().value;
  for (const { raw, places } of most) {
    if (name === undefined) break;
    const sharedAs = (as: string) => as.replace('%', name as string);
    const saved = places.reduce((sum, { start, end, as }) => {
      return sum + end - start - sharedAs(as).length;
    }, 0);
    const constant = `${name}=${raw}`;
    if (saved <= constant.length + 1) continue;
    constants.push(constant);
    for (const { start, end, as } of places) text.update(start, end, sharedAs(as));
    name = free.next().value;
  }
  if (constants.length > 0) text.prepend(`const ${constants.join(',')};`);
}
