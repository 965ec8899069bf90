/*
 * The parts of an adaptor repeat short texts (`"trackedEntities"`) and functions of the language
 * (`Object.entries`). esbuild writes each of them out at every place.
 */
import type { AnyNode, Program } from 'acorn';
import type MagicString from 'magic-string';
import { walk } from 'zimmerframe';

/** Functions of the language that need no `this`. */
const FREE = /^(Object\.\w+|Array\.isArray|Number\.is\w+|Math\.\w+|JSON\.\w+)$/;
/** Words that no constant can have as its name. */
const RESERVED = new Set(['do', 'if', 'in', 'of', 'as']);
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** What occurs at several places. */
interface Repeated {
  /** How it is written in the module. */
  raw: string;
  places: AnyNode[];
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
  const add = (key: string, node: AnyNode) => {
    const raw = code.slice(node.start, node.end);
    const entry = found.get(key) ?? { raw, places: [] };
    found.set(key, { raw: entry.raw.length <= raw.length ? entry.raw : raw, places: entry.places });
    entry.places.push(node);
  };
  walk(ast as AnyNode, null, {
    Identifier({ name }) {
      names.add(name);
    },
    Literal(node, { path }) {
      if (typeof node.value === 'string' && !isName(node, path.at(-1))) add(`"${node.value}`, node);
    },
    UnaryExpression(node, { next }) {
      if (node.operator === 'void' && node.argument.type === 'Literal') add('void 0', node);
      else next();
    },
    CallExpression({ callee }, { next }) {
      const written = code.slice(callee.start, callee.end);
      if (callee.type === 'MemberExpression' && FREE.test(written)) add(written, callee);
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

/** A text may stand right beside a word, as in `return"a"`; a name may not. */
function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\w$]/.test(character);
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
    const written = `${name}=${raw},`;
    if (places.length * (raw.length - name.length) <= written.length) continue;
    constants.push(`${name}=${raw}`);
    for (const { start, end } of places) {
      const before = isWord(code[start - 1]) ? ' ' : '';
      text.update(start, end, `${before}${name}${isWord(code[end]) ? ' ' : ''}`);
    }
    name = free.next().value;
  }
  if (constants.length > 0) text.prepend(`const ${constants.join(',')};`);
}
