import type { ApiAnswer } from '#common/http/index.js';
import type { LocationNode } from '../../client/requests/locations.js';

/** A node of an import that the server's check has named. */
export interface ImportFailure {
  id: string;
  /** The token of the server's message, `LNG_PAGE_IMPORT_DATA_ERROR_DUPLICATE_FILE_NAME`. */
  token: string;
}

interface FailedRow {
  recordNo?: string;
  message?: string;
}

/**
 * Reads which nodes the check before an import (2.49 and later) has found wrong (godata FACTS §6). A
 * node is named by its way through the tree, `'1 - 3'`: the third child of the first node. Nothing
 * of the file was written then.
 *
 * @returns nothing when the answer is not of that kind
 */
export function readImportFailures(
  answer: ApiAnswer,
  nodes: readonly LocationNode[],
): ImportFailure[] {
  const { error } = (answer.body ?? {}) as {
    error?: { code?: string; details?: { failed?: FailedRow[] } };
  };
  if (error?.code !== 'IMPORT_PARTIAL_SUCCESS_WITH_DETAILS') return [];
  const failures = new Map<string, string>();
  for (const { recordNo = '', message = 'PRE_VALIDATION' } of error.details?.failed ?? []) {
    for (const way of recordNo.match(/\d+(?: - \d+)*/g) ?? []) {
      const id = nodeAt(nodes, way.split(' - ').map(Number))?.location.id;
      if (id !== undefined) failures.set(id, message);
    }
  }
  return [...failures].map(([id, token]) => ({ id, token }));
}

function nodeAt(nodes: readonly LocationNode[], way: readonly number[]): LocationNode | undefined {
  const [first, ...rest] = way;
  const node = nodes[first! - 1];
  return rest.length === 0 || !node ? node : nodeAt(node.children, rest);
}
