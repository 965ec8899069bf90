import type { CodesDraft } from '../people/match-codes.js';
import { keyOfObject, quote, remark } from './names.js';

/**
 * A table of codes as code. Where two codes mean the same item, the first is written to DHIS2, and
 * the table says so.
 */
export function printCodes(
  name: string,
  { category, matches, ignoresOthers }: CodesDraft,
): string[] {
  const byItem = new Map<string, string[]>();
  const lines = matches.map(({ option, item, how, nearest }) => {
    const comment = `"${remark(option.name)}": ${how}`;
    if (item === undefined) {
      const guess = nearest ? quote(nearest) : 'null';
      return `  // ${keyOfObject(option.code)}: ${guess}, // unsure, ${comment}`;
    }
    if (item !== null) byItem.set(item, [...(byItem.get(item) ?? []), option.code]);
    return `  ${keyOfObject(option.code)}: ${item === null ? 'null' : quote(item)}, // ${comment}`;
  });
  const shared = [...byItem].filter(([, codes]) => codes.length > 1);
  const back = shared.map(
    ([item, codes]) =>
      `  ${keyOfObject(item)}: ${quote(codes[0]!)}, // of ${codes.length} codes, this one is written to DHIS2`,
  );
  if (ignoresOthers) back.push("  '*': null, // other items stay as they are");
  return [
    `const ${name} = codes(${quote(category)}, {`,
    ...lines,
    ...(back.length > 0 ? ['}, {', ...back] : []),
    '});',
  ];
}
