/**
 * The message of the server's parser, Jackson, for a text that is not JSON, if a recording shows
 * it.
 *
 * @returns undefined if no recording shows the message
 * @example
 * jsonProblem('{"events":['); // Unexpected end-of-input: expected close marker for Array (…)
 */
export function jsonProblem(text: string): string | undefined {
  const first = text.charCodeAt(0);
  // For example, a packed body (recording 252).
  if (first < 32 && !'\r\n\t'.includes(text[0]!)) {
    return `Illegal character ((CTRL-CHAR, code ${first})): only regular white space (\\r, \\n, \\t) is allowed between tokens`;
  }
  const open = findOpen(text);
  if (!open) return undefined;
  const { kind, line, column } = open;
  return `Unexpected end-of-input: expected close marker for ${kind} (start marker at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}])`;
}

interface Marker {
  kind: 'Array' | 'Object';
  line: number;
  column: number;
}

/** The innermost bracket that is not closed (recording 245). */
function findOpen(text: string): Marker | undefined {
  const open: Marker[] = [];
  let [line, lineStart] = [1, 0];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}\n]/gs)) {
    if (token === '\n') [line, lineStart] = [line + 1, index + 1];
    else if (token === ']' || token === '}') open.pop();
    else if (token === '[' || token === '{') {
      open.push({
        kind: token === '[' ? 'Array' : 'Object',
        line,
        column: index - lineStart + 1,
      });
    }
  }
  return open.at(-1);
}
