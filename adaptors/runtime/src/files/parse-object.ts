import { configurationError } from '#common/reporting/errors.js';
import { parseYaml, type YamlMistake } from './parse-yaml.js';
import type { NamedFile } from './read-text.js';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON, or else YAML, of which JSON is a part: its parser knows the line of a mistake. */
function parseJsonOrYaml(text: string): { value: unknown } | YamlMistake {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return parseYaml(text);
  }
}

/**
 * Reads an object from JSON or YAML text. The message of a parser can quote the text, which may hold
 * a secret or a person: the error gives line and column only.
 *
 * @throws IntegrationError `<CODE>_INVALID`, kind `configuration`
 */
export function parseObject(
  text: string,
  { path, what, code }: NamedFile,
): Record<string, unknown> {
  const result = parseJsonOrYaml(text);
  if ('line' in result) {
    const { line, column } = result;
    throw configurationError(
      `${code}_INVALID`,
      `The ${what} ${path} is neither JSON nor YAML: line ${line}, column ${column}.`,
      {
        fix: 'Look at that place: a missing quote, comma or bracket. Put values with special characters in quotes.',
        details: { path, line, column },
      },
    );
  }
  if (!isObject(result.value)) {
    throw configurationError(
      `${code}_INVALID`,
      `The ${what} ${path} must hold one object: { ... }.`,
      {
        fix: 'See the example in its documentation.',
        details: { path },
      },
    );
  }
  return result.value;
}
