import { AnswerTooLarge, type Collector } from './read-body.js';

/** Bytes that are parsed at a time: some hundred records. */
const SLICE = 64 * 1024;

/** Cuts to try: the objects in an element may begin with the same name as the element. */
const TRIES = 4;

const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** The beginning of a list of objects, with the first name in the first of them. */
const BEGINNING = /^\s*\[\s*\{\s*("(?:[^"\\]|\\.)*")\s*:/;
/** What may be before a list in an object: nothing that opens anything itself. */
const HEAD = /^\s*\{[^[\]{}]*?"(\w+)"\s*:\s*(?=\[)/;

/** Collects a list; the elements that it has read on the way are picked. */
export interface ListReader<T> extends Collector {
  /**
   * The bytes that are not parsed yet: a list with the last elements, with the object around it if
   * there is one, or all if it is no list.
   */
  all(): Buffer;
  /** Picks the last elements. @returns what was picked of all of them */
  pickRest(elements: readonly unknown[]): T[];
}

/**
 * Reads a JSON list of objects while it arrives, alone or in an object, some elements at a time, so
 * that neither the text of a long list nor its records are ever in memory as a whole.
 *
 * A list is cut where `},{` is followed by the name that begins its first object. What is before the
 * cut, with a bracket at its end, is JSON only if the cut is between two elements of the list itself:
 * within a text, or within a list of an element, something would be left open. So no cut is trusted,
 * and what cannot be cut is parsed as a whole, at the end.
 *
 * @param pick returns what is kept of an element. It must not throw, which would count as a lost
 * connection
 * @param limit in bytes
 * @param name name of the list in the object around it. Default: there is no object
 */
export function createListReader<T>(
  pick: (element: unknown) => T,
  limit: number,
  name?: string,
): ListReader<T> {
  const picked: T[] = [];
  let buffer = Buffer.allocUnsafe(2 * SLICE);
  let length = 0;
  let received = 0;
  let border: string | undefined;
  /** Where the list begins. */
  let start = 0;
  /** Length at which to cut. */
  let due = SLICE;

  function append(piece: Uint8Array): void {
    const needed = length + piece.length;
    if (needed > buffer.length) buffer = Buffer.concat([buffer], 2 * needed);
    buffer.set(piece, length);
    length = needed;
  }

  /** Parses what is before a comma. @returns undefined if the comma does not end an element */
  function parseUntil(comma: number): unknown[] | undefined {
    buffer[comma] = CLOSE;
    try {
      return JSON.parse(buffer.toString('utf8', start, comma + 1));
    } catch {
      buffer[comma] = COMMA;
      return undefined;
    }
  }

  function findBorder(): string | undefined {
    // A letter for each byte: its length is an offset.
    const head = name === undefined ? '' : headOf(buffer.toString('latin1', 0, length), name);
    if (head === undefined) return undefined;
    start = head.length;
    return borderOf(buffer.toString('utf8', start, length));
  }

  function cut(): void {
    border ??= findBorder();
    let end = length;
    for (let tried = 0; border && tried < TRIES; tried += 1) {
      end = buffer.subarray(start, end).lastIndexOf(border) + start;
      if (end < start) break;
      const elements = parseUntil(end + 1);
      if (elements === undefined) continue;
      pickRest(elements);
      buffer[end + 1] = OPEN;
      buffer.copyWithin(start, end + 1, length);
      length -= end + 1 - start;
      due = SLICE;
      return;
    }
    due = 2 * length;
  }

  function pickRest(elements: readonly unknown[]): T[] {
    for (const element of elements) picked.push(pick(element));
    return picked;
  }

  return {
    pickRest,
    add(piece) {
      received += piece.length;
      if (received > limit) throw new AnswerTooLarge(limit);
      append(piece);
      if (length >= due) cut();
    },
    all: () => buffer.subarray(0, length),
  };
}

/** What is before a list in an object, if it is the one with this name. */
function headOf(beginning: string, name: string): string | undefined {
  const [head, found] = HEAD.exec(beginning) ?? [];
  return found === name ? head : undefined;
}

/** The text between two elements, if it is known. */
function borderOf(beginning: string): string | undefined {
  const name = BEGINNING.exec(beginning)?.[1];
  return name && `},{${name}`;
}
