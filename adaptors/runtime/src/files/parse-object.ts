import { configurationError } from '#common/reporting/errors.js';
import { parseYaml, type YamlMistake } from './parse-yaml.js';
import type { NamedFile } from './read-text.js';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON, or YAML, of which JSON is a part: the YAML parser knows the line of an error. */
function parseJsonOrYaml(text: string): { value: unknown } | YamlMistake {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return parseYaml(text);
  }
}

/**
 * Reads an object from JSON or YAML text. A parser's message may quote the text, which may hold a
 * secret or personal data: the error gives only line and column.
 *
 * @throws IntegrationError `<CODE>_INVALID`, kind `configuration`
 */
export function parseObject(
  text: string,
  { path, what, code, fixContent }: NamedFile,
): Record<string, unknown> {
  const result = parseJsonOrYaml(text);
  if ('line' in result) {
    const { line, column } = result;
    throw configurationError(
      `${code}_INVALID`,
      `The ${what} ${path} is neither JSON nor YAML: line ${line}, column ${column}.`,
      {
        fix:
          fixContent ??
          'Check that place: a quote, a comma or a bracket may be missing. Put values with special characters in quotes.',
        details: { path, line, column },
      },
    );
  }
  if (!isObject(result.value)) {
    throw configurationError(
      `${code}_INVALID`,
      `The ${what} ${path} must contain one object: { ... }.`,
      {
        fix: fixContent ?? 'See the example in its documentation.',
        details: { path },
      },
    );
  }
  return result.value;
}
