import { type Program, parse } from 'acorn';

/** The code that the engine builds from a condition (openfn FACTS §1.2); undefined if it cannot. */
export function parseCondition(text: string): Program | undefined {
  try {
    return parse(`return ${text}`, {
      ecmaVersion: 'latest',
      allowReturnOutsideFunction: true,
      locations: true,
    });
  } catch {
    return undefined;
  }
}

/**
 * What is wrong with a condition_expression, as the rest of a sentence; undefined if it is one
 * expression. Anything after the first statement, or after a line break at the very beginning,
 * would be ignored.
 */
export function conditionProblem(text: string): string | undefined {
  if (!text.trim()) return 'is missing';
  const program = parseCondition(text);
  if (!program) return 'is not a JavaScript expression';
  const [first, ...others] = program.body.filter(({ type }) => type !== 'EmptyStatement');
  if (first?.type !== 'ReturnStatement' || !first.argument) {
    return 'returns nothing: it must not begin with an empty line';
  }
  return others.length > 0 ? 'must be one expression' : undefined;
}
