import { countObjects, KINDS, type Strategy, type TrackerPayload } from './payload.js';

/**
 * Cuts a payload into parts of at most `size` objects, those nested in others counted. An object is
 * never parted from what is nested in it; what others need goes first, or last to be deleted.
 */
export function chunkPayload(
  payload: TrackerPayload,
  strategy: Strategy,
  size: number,
): TrackerPayload[] {
  const chunks: TrackerPayload[] = [];
  let room = 0;
  for (const kind of strategy === 'DELETE' ? [...KINDS].reverse() : KINDS) {
    for (const object of payload[kind] ?? []) {
      const count = countObjects(object);
      if (count > room || chunks.length === 0) {
        chunks.push({});
        room = size;
      }
      const chunk = chunks.at(-1)!;
      chunk[kind] ??= [];
      chunk[kind].push(object);
      room -= count;
    }
  }
  // Nothing to import is for the server to judge.
  return chunks.length > 0 ? chunks : [payload];
}
