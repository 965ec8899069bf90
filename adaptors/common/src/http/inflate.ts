/** Order in which the lengths of the code for code lengths are given (RFC 1951 §3.2.7). */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Longest code in bits (§3.2.7). */
const MAX_BITS = 15;
/** The symbol that ends a block; those above it are lengths (§3.2.5). */
const END = 256;
/** The symbol of the longest length, which is not in the row of the others. */
const LONGEST = 28;

/** Where inflated bytes go. */
export interface Output {
  add(byte: number): void;
  /** Adds bytes that are there already, `distance` before the end. It may reach into what it adds. */
  repeat(distance: number, length: number): void;
}

/** A Huffman code: how many symbols have codes of each length, and the symbols in order. */
interface Code {
  counts: Uint16Array;
  symbols: Uint16Array;
}

/** Reads bits, in each byte the lowest first (§3.1.1). */
interface Bits {
  /** A number of so many bits, the lowest first. */
  read(count: number): number;
  /** The symbol of the next code. */
  decode(code: Code): number;
  /** Skips the rest of a byte. Returns the offset of the next one. */
  align(): number;
  /** Goes on at an offset. */
  jump(offset: number): void;
}

/**
 * Inflates data in the DEFLATE format (RFC 1951). Written by hand because a hosted platform gives
 * jobs no zlib, and each bundled job contains it: it is a third as long as what packages have. It is
 * slower than those, but what it gets is short: language-common inflates all good answers.
 *
 * @param from offset at which the data begins
 * @returns the offset behind them
 * @throws Error if they are not whole, or not of this format
 */
export function inflate(bytes: Uint8Array, from: number, output: Output): number {
  const bits = createBits(bytes, from);
  for (let isLast = false; !isLast; ) {
    isLast = bits.read(1) === 1;
    const kind = bits.read(2);
    if (kind === 0) copyStored(bytes, bits, output);
    else if (kind === 1) inflateBlock(bits, FIXED, output);
    else if (kind === 2) inflateBlock(bits, readCodes(bits), output);
    else throw broken();
  }
  return bits.align();
}

const broken = () => new Error('The compressed answer is broken.');

function createBits(bytes: Uint8Array, from: number): Bits {
  let at = from * 8;
  const end = bytes.length * 8;
  function next(): number {
    if (at >= end) throw broken();
    const bit = (bytes[at >> 3]! >> (at & 7)) & 1;
    at += 1;
    return bit;
  }
  return {
    read(count) {
      let value = 0;
      for (let bit = 0; bit < count; bit += 1) value |= next() << bit;
      return value;
    },
    decode({ counts, symbols }) {
      // Codes of one length are consecutive numbers (§3.2.2).
      let [code, first, index] = [0, 0, 0];
      for (let length = 1; length <= MAX_BITS; length += 1) {
        code += next();
        const count = counts[length]!;
        if (code - first < count) return symbols[index + code - first]!;
        index += count;
        first = (first + count) * 2;
        code *= 2;
      }
      throw broken();
    },
    align: () => Math.ceil(at / 8),
    jump(offset) {
      at = offset * 8;
    },
  };
}

function createCode(lengths: readonly number[]): Code {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length]! += 1;
  const used = [...lengths.keys()].filter(symbol => lengths[symbol]! > 0);
  return { counts, symbols: Uint16Array.from(used.sort((a, b) => lengths[a]! - lengths[b]!)) };
}

/** The codes of literals with lengths, and of distances. */
type Codes = [literals: Code, distances: Code];

const repeated = (length: number, times: number): number[] => Array(times).fill(length);

/** §3.2.6 */
const FIXED: Codes = [
  createCode([...repeated(8, 144), ...repeated(9, 112), ...repeated(7, 24), ...repeated(8, 8)]),
  createCode(repeated(5, 30)),
];

/** The codes that a block brings along (§3.2.7). */
function readCodes(bits: Bits): Codes {
  const literals = bits.read(5) + 257;
  const total = literals + bits.read(5) + 1;
  const given = repeated(0, ORDER.length);
  for (const symbol of ORDER.slice(0, bits.read(4) + 4)) given[symbol] = bits.read(3);
  const code = createCode(given);
  const lengths: number[] = [];
  while (lengths.length < total) {
    const symbol = bits.decode(code);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol > 16)
      lengths.push(...repeated(0, symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7)));
    else lengths.push(...repeated(lengths.at(-1) ?? 0, 3 + bits.read(2)));
  }
  return [createCode(lengths.slice(0, literals)), createCode(lengths.slice(literals, total))];
}

function inflateBlock(bits: Bits, [literals, distances]: Codes, output: Output): void {
  for (let symbol = bits.decode(literals); symbol !== END; symbol = bits.decode(literals)) {
    if (symbol < END) {
      output.add(symbol);
      continue;
    }
    const row = symbol - END - 1;
    const length = row === LONGEST ? 258 : 3 + readInRow(bits, row, 2);
    output.repeat(1 + readInRow(bits, bits.decode(distances), 1), length);
  }
}

/**
 * The rows of lengths and distances (§3.2.5): each 2 or 4 symbols, one more bit follows, which
 * halves what a symbol names.
 *
 * @param log 2 for lengths, 1 for distances
 */
function readInRow(bits: Bits, symbol: number, log: number): number {
  const each = 1 << log;
  const extra = Math.max(0, (symbol >> log) - 1);
  return symbol < each ? symbol : ((each + (symbol & (each - 1))) << extra) + bits.read(extra);
}

/** §3.2.4 */
function copyStored(bytes: Uint8Array, bits: Bits, output: Output): void {
  const from = bits.align();
  bits.jump(from);
  const length = bits.read(16);
  if (bits.read(16) !== (length ^ 0xffff)) throw broken();
  const end = from + 4 + length;
  if (end > bytes.length) throw broken();
  for (let at = from + 4; at < end; at += 1) output.add(bytes[at]!);
  bits.jump(end);
}
