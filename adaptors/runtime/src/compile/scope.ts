import type { AnyNode, FunctionDeclaration, Identifier, Program } from 'acorn';
import { analyze } from 'eslint-scope';
import type { Program as EstreeProgram } from 'estree';
import { walk } from 'zimmerframe';

function analyzeJob(ast: Program) {
  return analyze(ast as unknown as EstreeProgram, { ecmaVersion: 2022, sourceType: 'module' });
}

/**
 * The identifiers of a job that refer to nothing declared in it: operations of the adaptor, `$`,
 * globals. Found by scope analysis, so that a parameter or a constant that shadows an operation
 * stays as it is.
 */
export function readFreeIdentifiers(ast: Program): Identifier[] {
  const { globalScope } = analyzeJob(ast);
  return globalScope!.through.map(({ identifier }) => identifier as unknown as Identifier);
}

/** What a job declares at its top, with every place that refers to it. */
export function readTopNames(ast: Program): { name: string; start: number; uses: Identifier[] }[] {
  const [module] = analyzeJob(ast).globalScope!.childScopes;
  return (module?.variables ?? []).map(({ name, identifiers, references }) => ({
    name,
    start: (identifiers[0] as unknown as Identifier | undefined)?.start ?? 0,
    uses: references.map(({ identifier }) => identifier as unknown as Identifier),
  }));
}

/** Every node's parent. */
export function readParents(ast: Program): Map<AnyNode, AnyNode> {
  const parents = new Map<AnyNode, AnyNode>();
  walk(ast as AnyNode, null, {
    _(node, { path, next }) {
      const parent = path.at(-1);
      if (parent) parents.set(node, parent);
      next();
    },
  });
  return parents;
}

/** Function declarations of one block. */
export interface DeclaredFunctions {
  /** The statements among which they are. */
  among: readonly AnyNode[];
  declared: FunctionDeclaration[];
}

/**
 * The function declarations of a program that are only called or handed on: none that is declared
 * twice, replaced, called with `new`, or of which a property is used.
 */
export function readPlainFunctions(ast: Program): DeclaredFunctions[] {
  const parents = readParents(ast);
  const isPlainUse = (identifier: AnyNode) => {
    const parent = parents.get(identifier);
    if (parent?.type === 'NewExpression') return parent.callee !== identifier;
    return !(parent?.type === 'MemberExpression' && parent.object === identifier);
  };
  const groups = new Map<AnyNode, FunctionDeclaration[]>();
  for (const { variables } of analyzeJob(ast).scopes) {
    for (const { defs, references } of variables) {
      const [def, another] = defs;
      const declared = def?.node as AnyNode | undefined;
      if (def?.type !== 'FunctionName' || another) continue;
      if (declared?.type !== 'FunctionDeclaration') continue;
      const isPlain = references.every(
        reference => !reference.isWrite() && isPlainUse(reference.identifier as unknown as AnyNode),
      );
      const block = parents.get(declared);
      if (!isPlain || !block) continue;
      groups.set(block, [...(groups.get(block) ?? []), declared as FunctionDeclaration]);
    }
  }
  return [...groups].flatMap(([block, declared]) =>
    block.type === 'Program' || block.type === 'BlockStatement'
      ? [{ among: block.body, declared }]
      : [],
  );
}
