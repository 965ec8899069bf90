import { createRandom } from '../server/index.js';

/** Seeded random numbers: the same seed gives the same numbers. */
export interface Dice {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** One of a list, each with the same probability. */
  pick<T>(list: readonly T[]): T;
  /** Whether an event happens that happens in this share (0 to 1) of all cases. */
  chance(share: number): boolean;
}

/**
 * Random numbers for one thing. Those of a case depend only on its number, so any case can be
 * generated without the ones before it.
 *
 * @param seed any whole numbers, for example a seed and a case's number
 * @example
 * createDice(7, 1200).between(0, 5);
 */
export function createDice(...seed: number[]): Dice {
  const next = createRandom(seed.reduce(mix, 0x9e3779b9));
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: list => list[Math.floor(next() * list.length)]!,
    chance: share => next() < share,
  };
}

/** The finaliser of MurmurHash3: neighbouring numbers give unrelated seeds. */
function mix(hash: number, value: number): number {
  let mixed = (Math.imul(hash, 31) + value) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * A choice with weights.
 *
 * @param weights one for each of the list, in any unit
 * @returns picks with a number in [0, 1)
 * @example
 * createWeighted(['CONFIRMED', 'SUSPECT'], [3, 1])(0.7); // 'CONFIRMED'
 */
export function createWeighted<T>(list: readonly T[], weights: readonly number[]) {
  let total = 0;
  const ends = weights.map(weight => {
    total += weight;
    return total;
  });
  return (random: number): T => {
    const wanted = random * total;
    let low = 0;
    let high = list.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle]! <= wanted) low = middle + 1;
      else high = middle;
    }
    return list[low]!;
  };
}
