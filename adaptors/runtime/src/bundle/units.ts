import type { AnyNode, Class, Program } from 'acorn';
import { parse } from 'acorn';
import { walk } from 'zimmerframe';
import { readTopNames } from '../compile/scope.js';
import { readChangedNames } from './changed-names.js';

/** A piece of a module that is kept or removed as a whole: a statement at its top, or a method. */
export interface Unit {
  start: number;
  end: number;
  /** Names of the module that it declares. */
  declares: string[];
  /** Names of the module that it changes, if it declares none. */
  changes: Set<string>;
  /** The unit of its class and its name, if it is a method. */
  method?: { inside: Unit; name: string };
  /** Names of the module that it refers to. */
  uses: Set<string>;
  /** Names of properties that it reads, or could read by a text. */
  properties: Set<string>;
}

/** A module in pieces. Its imports and exports are in none of them. */
export interface Module {
  code: string;
  units: Unit[];
  /** Export → its name in the module. */
  exports: Map<string, string>;
  /** Where the lists of exports are. */
  exportLists: { start: number; end: number }[];
}

function declaredBy(statement: AnyNode): string[] {
  if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
    return statement.id ? [statement.id.name] : [];
  }
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
}

function classesIn(statement: AnyNode): Class[] {
  if (statement.type === 'ClassDeclaration') return [statement];
  if (statement.type !== 'VariableDeclaration') return [];
  return statement.declarations.flatMap(({ init }) =>
    init?.type === 'ClassExpression' ? [init] : [],
  );
}

function createUnit({ start, end }: AnyNode, rest: Partial<Unit> = {}): Unit {
  const sets = {
    changes: new Set<string>(),
    uses: new Set<string>(),
    properties: new Set<string>(),
  };
  return { start, end, declares: [], ...sets, ...rest };
}

/** Methods with a plain name; the constructor, private and computed ones belong to the class. */
function methodsOf(statement: AnyNode, inside: Unit): Unit[] {
  const members = classesIn(statement).flatMap(({ body }) => body.body);
  return members.flatMap(member => {
    const isPlain =
      member.type === 'MethodDefinition' && member.kind !== 'constructor' && !member.computed;
    if (!isPlain || member.key.type !== 'Identifier') return [];
    return [createUnit(member, { method: { inside, name: member.key.name } })];
  });
}

/** A statement and the methods in it, the methods first: so that the innermost is found. */
function unitsOf(statement: AnyNode): Unit[] {
  const declares = declaredBy(statement);
  const changes = declares.length > 0 ? new Set<string>() : readChangedNames(statement);
  const unit = createUnit(statement, { declares, changes });
  return [...methodsOf(statement, unit), unit];
}

/** Finds the innermost unit at an offset. Statements are in order and do not overlap. */
function createFinder(groups: Unit[][]): (offset: number) => Unit | undefined {
  const ends = groups.map(group => group.at(-1)!.end);
  return offset => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return groups[low]?.find(({ start, end }) => start <= offset && offset < end);
  };
}

/** Adds what each unit reads of objects: `a.name`, `{ name } = a`, and texts that could be names. */
function addProperties(ast: Program, find: (offset: number) => Unit | undefined): void {
  const add = ({ start }: AnyNode, name: string) => find(start)?.properties.add(name);
  walk(ast as AnyNode, null, {
    MemberExpression(node, { next }) {
      if (!node.computed && node.property.type === 'Identifier') {
        add(node.property, node.property.name);
      }
      next();
    },
    ObjectPattern(node, { next }) {
      for (const property of node.properties) {
        if (property.type === 'Property' && property.key.type === 'Identifier') {
          add(property, property.key.name);
        }
      }
      next();
    },
    Literal(node) {
      if (typeof node.value === 'string') add(node, node.value);
    },
  });
}

const nameOf = (node: AnyNode) => (node.type === 'Identifier' ? node.name : '');

/**
 * Takes an ES module apart.
 *
 * @returns undefined if it exports in another way than by lists of its names
 */
export function readModule(code: string): Module | undefined {
  const ast = parse(code, { ecmaVersion: 'latest', sourceType: 'module', ranges: true });
  const ports = ast.body.filter(({ type }) => /^(Import|Export)/.test(type));
  const lists = ports.flatMap(port => (port.type === 'ExportNamedDeclaration' ? [port] : []));
  const isPlain = ports.every(({ type }) => /^(Import|ExportNamed)Declaration$/.test(type));
  if (!isPlain || lists.some(({ declaration, source }) => declaration || source)) return undefined;
  const groups = ast.body.filter(node => !/^(Import|Export)/.test(node.type)).map(unitsOf);
  const find = createFinder(groups);
  for (const { name, uses } of readTopNames(ast)) {
    for (const { start } of uses) find(start)?.uses.add(name);
  }
  addProperties(ast, find);
  const specifiers = lists.flatMap(list => list.specifiers);
  return {
    code,
    units: groups.flat(),
    exports: new Map(specifiers.map(({ exported, local }) => [nameOf(exported), nameOf(local)])),
    exportLists: lists,
  };
}
