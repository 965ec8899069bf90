import { type ApiAnswer, isJsonObject, objectsIn } from '#common/http/index.js';
import { safeCode } from '#common/reporting/server-text.js';
import { errorIn } from '../../client/error-body.js';
import type { LocationNode } from '../../client/requests/locations.js';

/** A node of an import that the server's check found invalid. */
export interface ImportFailure {
  id: string;
  /**
   * The token of the server's message, for example
   * `LNG_PAGE_IMPORT_DATA_ERROR_DUPLICATE_FILE_NAME`.
   */
  token: string;
}

/**
 * Reads which nodes the check before an import (2.49 and later) found invalid (godata FACTS §6).
 * The server names a node by its path through the tree: `'1 - 3'` is the third child of the first
 * node. In this case the server did not write any location of the file.
 *
 * @returns an empty list when the answer does not come from this check
 */
export function readImportFailures(
  answer: ApiAnswer,
  nodes: readonly LocationNode[],
): ImportFailure[] {
  const { code, details } = errorIn(answer.body);
  if (code !== 'IMPORT_PARTIAL_SUCCESS_WITH_DETAILS' || !isJsonObject(details)) return [];
  const failures = new Map<string, string>();
  for (const { recordNo, message } of objectsIn(details.failed)) {
    for (const way of String(recordNo).match(/\d+(?: - \d+)*/g) ?? []) {
      const id = nodeAt(nodes, way.split(' - ').map(Number))?.location.id;
      if (id !== undefined) failures.set(id, safeCode(message) ?? 'PRE_VALIDATION');
    }
  }
  return [...failures].map(([id, token]) => ({ id, token }));
}

function nodeAt(nodes: readonly LocationNode[], way: readonly number[]): LocationNode | undefined {
  const [first, ...rest] = way;
  const node = nodes[first! - 1];
  return rest.length === 0 || !node ? node : nodeAt(node.children, rest);
}
