import diff from 'fast-diff';

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;

const MARKS = { [-1]: '-', 0: ' ', 1: '+' } as const;

/**
 * What changed between two texts, line by line, as `diff -u` shows it: lines that begin with a
 * minus were removed, with a plus added.
 *
 * @example
 * lineDiff('a\nb\n', 'a\nc\n'); // [' a', '-b', '+c']
 */
export function lineDiff(before: string, after: string): string[] {
  const lines: string[] = [];
  const numbers = new Map<string, number>();
  // Each different line becomes one character, so that whole lines are compared.
  const encode = (text: string) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map(line => {
        const number = numbers.get(line) ?? numbers.size;
        if (number === numbers.size) {
          numbers.set(line, number);
          lines.push(line);
        }
        return String.fromCharCode(FIRST + number);
      })
      .join('');
  const parts = diff(encode(before), encode(after));
  return parts.flatMap(([kind, text], index) => {
    const rows = [...text].map(char => `${MARKS[kind]}${lines[char.charCodeAt(0) - FIRST]}`);
    return kind === 0 ? shorten(rows, index === 0, index === parts.length - 1) : rows;
  });
}

/** After the control characters. */
const FIRST = 0x100;

function shorten(rows: string[], isFirst: boolean, isLast: boolean): string[] {
  const head = isFirst ? 0 : CONTEXT;
  const tail = isLast ? 0 : CONTEXT;
  if (rows.length <= head + tail + 1) return rows;
  return [...rows.slice(0, head), '...', ...rows.slice(rows.length - tail)];
}
