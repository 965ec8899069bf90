/**
 * Gives each key its own file name: characters that every file system accepts stay, others become a
 * dash.
 *
 * @example
 * toFileNames(['fetch cases', 'fetch/cases']); // Map { 'fetch cases' → 'fetch-cases', 'fetch/cases' → 'fetch-cases-2' }
 */
export function toFileNames(keys: string[]): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const key of keys) {
    const base = key.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'job';
    let name = base;
    // Some file systems ignore case.
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}-${number}`;
    taken.add(name.toLowerCase());
    names.set(key, name);
  }
  return names;
}
