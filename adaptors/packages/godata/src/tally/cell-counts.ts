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

/** Numbers of a cell in the table: location, period, combination, count. */
const WIDTH = 4;
/** Cells of an empty table. A power of two. */
const FIRST_SIZE = 1024;

/**
 * Creates an empty table. An outbreak of a million cases has hundreds of thousands of cells, and
 * each case goes to another one: a map in a map in a map would cost several times the memory, and
 * most of the time that counting takes.
 */
export function createCellCounts(): CellCounts {
  let size = FIRST_SIZE;
  let cells = new Int32Array(size * WIDTH);
  // Hash → number of the cell + 1, or 0: the next place is tried after one that another cell has.
  let places = new Int32Array(size * 2);
  let used = 0;
  // Numbers of the cells that have a count.
  const counted: number[] = [];

  function grow(): void {
    size *= 2;
    const former = cells;
    cells = new Int32Array(size * WIDTH);
    cells.set(former);
    places = new Int32Array(size * 2);
    for (let at = 0; at < used * WIDTH; at += WIDTH) {
      places[findPlace(cells[at]!, cells[at + 1]!, cells[at + 2]!)] = at / WIDTH + 1;
    }
  }

  /** The place of a cell, or the empty one where it belongs. */
  function findPlace(location: number, period: number, combination: number): number {
    const last = places.length - 1;
    let place = hash(location, period, combination) & last;
    for (; places[place] !== 0; place = (place + 1) & last) {
      const at = (places[place]! - 1) * WIDTH;
      if (cells[at] === location && cells[at + 1] === period && cells[at + 2] === combination)
        break;
    }
    return place;
  }

  return {
    numberOf(location, period, combination) {
      const place = findPlace(location, period, combination);
      const known = places[place]!;
      if (known !== 0) return known - 1;
      cells.set([location, period, combination, 0], used * WIDTH);
      used += 1;
      places[place] = used;
      if (used === size) grow();
      return used - 1;
    },
    add(cell) {
      const at = cell * WIDTH + 3;
      if (cells[at] === 0) counted.push(cell);
      cells[at]! += 1;
    },
    *list() {
      for (const cell of counted) {
        const at = cell * WIDTH;
        yield {
          location: cells[at]!,
          period: cells[at + 1]!,
          combination: cells[at + 2]!,
          count: cells[at + 3]!,
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
