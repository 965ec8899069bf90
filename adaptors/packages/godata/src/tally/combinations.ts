/** Numbers the combinations of codes, from 0, in the order of their first occurrence. */
export interface Combinations {
  /** The number of a combination. */
  numberOf(codes: readonly string[]): number;
  /** All combinations, by number. */
  readonly list: string[][];
}

interface Branch extends Map<string, Branch | number> {}

/**
 * Creates an empty numbering. It is a tree with one level for each dimension, so finding a
 * combination creates no text, however often it is done.
 *
 * @param depth number of codes in a combination
 */
export function createCombinations(depth: number): Combinations {
  const list: string[][] = [];
  const root: Branch = new Map();
  if (depth === 0) list.push([]);

  return {
    list,
    numberOf(codes) {
      if (depth === 0) return 0;
      let branch = root;
      for (let level = 0; level < depth - 1; level += 1) {
        let next = branch.get(codes[level]!) as Branch | undefined;
        if (next === undefined) {
          next = new Map();
          branch.set(codes[level]!, next);
        }
        branch = next;
      }
      const last = codes[depth - 1]!;
      let number = branch.get(last) as number | undefined;
      if (number === undefined) {
        number = list.push([...codes]) - 1;
        branch.set(last, number);
      }
      return number;
    },
  };
}
