import type { RunningDhis2 } from '#sandbox/dhis2/index.js';
import type { RunningGoData } from '#sandbox/godata/index.js';

/** Key of the memory in all tests. */
export const MEMORY_KEY = 'a key of the memory, for tests';

/** Both servers of a test, and how to get in. */
export interface BothServers {
  dhis2: RunningDhis2;
  goData: RunningGoData;
  credentials: {
    godata: { apiUrl: string; email: string; password: string; memoryKey: string };
    dhis2: { hostUrl: string; username: string; password: string; memoryKey: string };
  };
  close(): Promise<void>;
}

/**
 * Joins two running servers.
 *
 * @param account of Go.Data
 */
export function joinServers(
  goData: RunningGoData,
  dhis2: RunningDhis2,
  { email, password }: { email: string; password: string },
): BothServers {
  return {
    dhis2,
    goData,
    credentials: {
      godata: { apiUrl: `${goData.url}/api`, email, password, memoryKey: MEMORY_KEY },
      dhis2: {
        hostUrl: dhis2.url,
        username: 'integration',
        password: 'Integration-1!',
        memoryKey: MEMORY_KEY,
      },
    },
    close: async () => {
      await Promise.all([goData.close(), dhis2.close()]);
    },
  };
}
