import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Adaptor } from '../project/resolve-adaptor.js';

/** The file in which an adaptor has the licences of the packages whose code is in it. */
const NOTICES = 'THIRD-PARTY-NOTICES';

/** An adaptor without the file contains no code of others. */
function readNotices({ folder }: Adaptor): string | undefined {
  const file = path.join(folder, NOTICES);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/**
 * The comments in a bundled job that name whose code is in it; the licences ask for that.
 *
 * @param sources files that the code comes from
 */
export function noticeLines(adaptor: Adaptor, sources: readonly string[]): string[] {
  const named = readNotices(adaptor)?.match(/^- .*$/gm) ?? [];
  return named
    .map(line => line.slice(2))
    .filter(line => sources.some(file => file.includes(`node_modules/${line.split(' ', 1)[0]}/`)))
    .map(line => `// With ${line}; ${NOTICES}`);
}

/** The file beside the bundled jobs of some adaptors: what each says, once. */
export function joinNotices(adaptors: readonly Adaptor[]): [string, string][] {
  const texts = new Set(adaptors.flatMap(adaptor => readNotices(adaptor) ?? []));
  return texts.size === 0 ? [] : [[NOTICES, [...texts].join('\n')]];
}
