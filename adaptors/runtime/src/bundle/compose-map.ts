import { type DecodedSourceMap, SourceMap } from 'magic-string';

/** Column here, file, line and column there; numbers count from 0. */
type Segment = [column: number, file: number, line: number, column: number];

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The numbers of one segment (Base64 VLQ, ECMA-426). */
function decodeNumbers(text: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const digit of text) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}

/** The segments of each line. Those that name no place are left out. */
function decodeMappings(mappings: string): Segment[][] {
  const at = [0, 0, 0, 0];
  return mappings.split(';').map(line => {
    at[0] = 0;
    return line.split(',').flatMap(text => {
      const steps = decodeNumbers(text);
      for (const [index, step] of steps.slice(0, 4).entries()) at[index]! += step;
      return steps.length >= 4 ? [[...at] as Segment] : [];
    });
  });
}

/** What of a line lies in a piece of it, with columns counted from another place. */
function cut(line: readonly Segment[], from: number, length: number, to: number): Segment[] {
  const inside = line.filter(([column]) => column >= from && column < from + length);
  const before = line.findLast(([column]) => column <= from);
  const first: Segment[] = before && inside[0]?.[0] !== from ? [[to, ...tail(before)]] : [];
  return [...first, ...inside.map(s => [to + s[0] - from, ...tail(s)] as Segment)];
}

const tail = ([, file, line, column]: Segment): [number, number, number] => [file, line, column];

/**
 * The source map of a text that was built and then edited.
 *
 * @param built source map of the built text
 * @param edits where each piece of the edited text was in the built one
 * @param linesAbove lines that were put above the edited text
 */
export function composeMaps(
  { sources, mappings }: { sources: string[]; mappings: string },
  edits: DecodedSourceMap,
  linesAbove: number,
): SourceMap {
  const lines = decodeMappings(mappings);
  const composed = (edits.mappings as Segment[][]).map(pieces =>
    pieces.flatMap(([to, , line, from], index) => {
      const length = (pieces[index + 1]?.[0] ?? Number.POSITIVE_INFINITY) - to;
      return cut(lines[line] ?? [], from, length, to);
    }),
  );
  const above = Array.from({ length: linesAbove }, () => []);
  // Only the files that something comes from.
  const used = [...new Set(composed.flat().map(([, file]) => file))].sort((a, b) => a - b);
  const numberOf = new Map(used.map((file, number) => [file, number]));
  const numbered = composed.map(segments =>
    segments.map(([to, file, ...place]): Segment => [to, numberOf.get(file)!, ...place]),
  );
  return new SourceMap({
    sources: used.map(file => sources[file]!),
    names: [],
    mappings: [...above, ...numbered],
  });
}
