import { ApiError } from '../errors.js';
import type { JsonObject } from '../types.js';

/** A node of the file: a location and the nodes below it (godata FACTS §6). */
export interface ImportNode {
  location: JsonObject;
  children?: ImportNode[];
}

/**
 * Reads the file of an import.
 *
 * @throws ApiError 422 if it is not JSON, not a list, or contains something that is not a node
 * (r085, r086)
 */
export function parseImport(text: string): ImportNode[] {
  const content = parseJson(text);
  if (!Array.isArray(content)) throw invalidContent('it should contain an array');
  assertNodes(content);
  return content;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidContent((error as Error).message);
  }
}

/** For anything else the server's own code fails, and answers with the engine's message. */
function assertNodes(nodes: readonly unknown[]): asserts nodes is ImportNode[] {
  for (const node of nodes) {
    if (node === null) throw invalidContent(cannotRead(null, 'location'));
    const { location, children } = node as Partial<ImportNode>;
    if (location === null || typeof location !== 'object') {
      throw invalidContent(cannotRead(location, 'id'));
    }
    if (Array.isArray(children)) assertNodes(children);
  }
}

function cannotRead(value: unknown, property: string): string {
  return `Cannot read properties of ${value} (reading '${property}')`;
}

function invalidContent(details: string): ApiError {
  return new ApiError(422, `Invalid JSON content: ${details}`, {
    code: 'INVALID_CONTENT_OF_TYPE',
    details: { contentType: 'JSON', details },
  });
}
