import { type Document, isCollection, isPair, LineCounter, parseDocument } from 'yaml';
import type { Position } from '../compile/job-error.js';

/** Finds places in project.yaml. */
export interface Places {
  /** Where the YAML itself is broken, and how. */
  mistakes: { position: Position; message: string }[];
  /** The place of a key, or of the nearest existing key above it. */
  find(path: string[]): Position;
}

const MESSAGES: Record<string, string> = {
  DUPLICATE_KEY: 'This key exists already: one of the two would be lost.',
  BAD_INDENT: 'The indentation is wrong.',
  TAB_AS_INDENT: 'Indent YAML with spaces, not tabs.',
};

/** Offset of the last key of a path that is there. */
function findOffset(document: Document, path: string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (!isCollection(node)) return offset;
    const pair = node.items.find(item => isPair(item) && String(item.key) === key);
    if (!isPair(pair)) return offset;
    offset = (pair.key as { range?: [number] }).range?.[0] ?? offset;
    node = pair.value;
  }
  return offset;
}

/** Reads a project.yaml for its places. */
export function readPlaces(text: string): Places {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const toPosition = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  return {
    mistakes: [...document.errors, ...document.warnings].map(({ code, pos }) => ({
      position: toPosition(pos[0]),
      message:
        MESSAGES[code] ?? 'This is not YAML: a quote, a bracket or a colon is missing nearby.',
    })),
    find: path => toPosition(findOffset(document as unknown as Document, path)),
  };
}
