import { measureRows as measurePeople } from './people.js';

/** The rows of `people` for a large outbreak, whose memory and cursor are as large as they can be. */
export function measureRows() {
  return measurePeople([50_000]);
}
