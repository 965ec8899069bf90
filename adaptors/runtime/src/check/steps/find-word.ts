import type { AnyNode } from 'acorn';
import { walk } from 'zimmerframe';
import { parseJob } from '../../compile/parse-job.js';

/** The offset at which a job first writes a word, as a text or as the key of an object; 0 if it computes it. */
export function findWord(source: string, file: string, word: string): number {
  let found: number | undefined;
  const note = (offset: number) => {
    found = Math.min(found ?? offset, offset);
  };
  walk(parseJob(source, file) as AnyNode, null, {
    _(node, { next }) {
      if (node.type === 'Literal' && node.value === word) note(node.start);
      if (node.type === 'Property' && node.key.type === 'Identifier' && node.key.name === word) {
        note(node.key.start);
      }
      next();
    },
  });
  return found ?? 0;
}
