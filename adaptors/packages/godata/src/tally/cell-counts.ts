/** A number of records with the same location, period and combination of codes, by their numbers. */
export interface CellCount {
  location: number;
  period: number;
  combination: number;
  count: number;
}

/** Counts by three whole numbers. */
export interface CellCounts {
  /** The number of a cell, from 0. */
  numberOf(location: number, period: number, combination: number): number;
  /** Counts one more in a cell. */
  add(cell: number): void;
  /** Every cell with a count, in the order in which they got one. */
  list(): Generator<CellCount>;
}

/** Numbers of a place: location, period, combination, and that of the cell + 1, or 0 if it is empty. */
const WIDTH = 4;
/** Places of an empty table. A power of two. */
const FIRST_SIZE = 1024;

/**
 * Creates an empty table. An outbreak of a million cases has hundreds of thousands of cells, and
 * each case goes to another one: a map in a map in a map would cost several times the memory, and
 * most of the time that counting takes. What identifies a cell is in its place itself, so that a
 * case costs one look into memory that the processor does not have at hand.
 */
export function createCellCounts(): CellCounts {
  let size = FIRST_SIZE;
  let places = new Int32Array(size * WIDTH);
  // Number of a cell → its count.
  let counts = new Int32Array(size);
  let used = 0;
  // Numbers of the cells that have a count.
  const counted: number[] = [];

  function grow(): void {
    const former = places;
    size *= 2;
    places = new Int32Array(size * WIDTH);
    for (let at = 0; at < former.length; at += WIDTH) {
      if (former[at + 3] === 0) continue;
      const place = findPlace(former[at]!, former[at + 1]!, former[at + 2]!);
      for (let n = 0; n < WIDTH; n += 1) places[place + n] = former[at + n]!;
    }
    const fewer = counts;
    counts = new Int32Array(size);
    counts.set(fewer);
  }

  /** Where the place of a cell begins, or the empty one that it gets: the first after its hash. */
  function findPlace(location: number, period: number, combination: number): number {
    const last = places.length - 1;
    let at = (hash(location, period, combination) << 2) & last;
    for (; places[at + 3] !== 0; at = (at + WIDTH) & last) {
      if (places[at] === location && places[at + 1] === period && places[at + 2] === combination)
        break;
    }
    return at;
  }

  /** Where the places of all cells begin, by their numbers. */
  function order(): Int32Array {
    const ordered = new Int32Array(used);
    for (let at = 0; at < places.length; at += WIDTH) {
      const number = places[at + 3]!;
      if (number > 0) ordered[number - 1] = at;
    }
    return ordered;
  }

  return {
    numberOf(location, period, combination) {
      const at = findPlace(location, period, combination);
      const known = places[at + 3]!;
      if (known !== 0) return known - 1;
      places[at] = location;
      places[at + 1] = period;
      places[at + 2] = combination;
      used += 1;
      places[at + 3] = used;
      // A fuller table would have long rows of places to look through.
      if (used > size * 0.75) grow();
      return used - 1;
    },
    add(cell) {
      if (counts[cell] === 0) counted.push(cell);
      counts[cell]! += 1;
    },
    *list() {
      const ordered = order();
      for (const cell of counted) {
        const at = ordered[cell]!;
        yield {
          location: places[at]!,
          period: places[at + 1]!,
          combination: places[at + 2]!,
          count: counts[cell]!,
        };
      }
    },
  };
}

/** Spreads neighbouring numbers: each is multiplied by a large odd one (Knuth, TAOCP 3, §6.4). */
function hash(location: number, period: number, combination: number): number {
  const mixed =
    Math.imul(location, 0x9e3779b1) ^
    Math.imul(period, 0x85ebca6b) ^
    Math.imul(combination, 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
