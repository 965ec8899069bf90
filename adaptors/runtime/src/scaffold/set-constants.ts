import { tryParseJob } from '../compile/parse-job.js';
import type { Constant } from './draft.js';

/** The place of a top-level constant: of its value, and of the comment above it. */
function findConstant(text: string, name: string) {
  const parsed = tryParseJob(text);
  if ('problem' in parsed) throw new Error(`A shipped job cannot be read: ${name}.`);
  for (const node of parsed.ast.body) {
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
    if (declaration?.type !== 'VariableDeclaration') continue;
    const { id, init } = declaration.declarations[0]!;
    if (id.type !== 'Identifier' || id.name !== name || !init) continue;
    return { start: node.start, value: [init.start, init.end] as const };
  }
  throw new Error(`A shipped job has no constant ${name}.`);
}

/** Where the lines of comment directly above a place begin. */
function commentStart(text: string, start: number): number {
  const lines = text.slice(0, start).split('\n').slice(0, -1);
  const above = lines.length - 1 - lines.findLastIndex(line => !line.startsWith('//'));
  const comment = lines.slice(lines.length - above).map(line => `${line}\n`);
  return start - comment.join('').length;
}

/**
 * The text of a job with other values of some of its constants; everything else stays.
 *
 * @throws Error if the job has no such constant
 * @example
 * setConstants("const program = 'A';\n", [{ name: 'program', code: "'B'" }]); // "const program = 'B';\n"
 */
export function setConstants(text: string, constants: readonly Constant[]): string {
  return constants.reduce((before, { name, code, comment }) => {
    const { start, value } = findConstant(before, name);
    const after = `${before.slice(start, value[0])}${code}${before.slice(value[1])}`;
    if (!comment) return before.slice(0, start) + after;
    const lines = comment.map(line => `// ${line}\n`).join('');
    return before.slice(0, commentStart(before, start)) + lines + after;
  }, text);
}
