/** A location of the file, with those below it. */
export interface Node {
  location: unknown;
  children: Node[];
}

/**
 * The JSON of a file of locations, piece by piece: as one text it would take twice its size of
 * memory more.
 *
 * @example
 * [...toPieces([{ location: { id: 'A' }, children: [] }])].join(''); // as JSON.stringify
 */
export function* toPieces(nodes: readonly Node[]): Generator<string, void> {
  let sign = '[';
  for (const { location, children } of nodes) {
    yield `${sign}{"location":${JSON.stringify(location)},"children":`;
    yield* toPieces(children);
    yield '}';
    sign = ',';
  }
  yield nodes.length > 0 ? ']' : '[]';
}
