/** Numbers the combinations of codes that occur, from 0, in the order in which they occur first. */
export interface Combinations {
  /** The number of a combination. */
  numberOf(codes: readonly string[]): number;
  /** All of them, by number. */
  readonly list: string[][];
}

interface Branch extends Map<string, Branch | number> {}

/**
 * Creates an empty numbering: a tree with a level a dimension, so that finding a combination among
 * hundreds, a million times, makes no new text.
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
