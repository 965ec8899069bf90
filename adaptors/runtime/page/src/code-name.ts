import type { PageData } from './data.js';
import type { Language } from './language.js';

/** A code with what it means, if the page knows it: `the name is taken (NAME_TAKEN)`. */
export function codeName(code: string, { texts }: Language): string {
  const [name] = texts.codes[code] ?? [];
  return name === undefined ? code : `${name} (${code})`;
}

/** How many records each code rejected, the largest first; those that no list has are `…`. */
export function countCodes({ report }: PageData['report']): [code: string, count: number][] {
  const counts = new Map<string, number>();
  const add = (code: string, count: number) => counts.set(code, (counts.get(code) ?? 0) + count);
  for (const { rejected = [], rejectedCount = 0 } of Object.values(report)) {
    for (const { code } of rejected) add(code, 1);
    if (rejectedCount > rejected.length) add('…', rejectedCount - rejected.length);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
