/** A source of chance that gives the same for the same seed. */
export interface Dice {
  /** One of some values. */
  among<T>(values: readonly T[]): T;
  /** A whole number from `from` to `to`. */
  between(from: number, to: number): number;
}

/** Creates the source of a seed (the generator mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { between, among: values => values[between(0, values.length - 1)]! };
}
