import { countObjects, KINDS, type Strategy, type TrackerPayload } from './payload.js';

/**
 * Cuts a payload into parts of at most `size` objects, nested ones counted. An object stays
 * together with what is nested in it. Objects that others need come first, or last if they are
 * deleted.
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
  // An empty payload is sent too: the server decides what it means.
  return chunks.length > 0 ? chunks : [payload];
}
