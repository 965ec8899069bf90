import { type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { RECORDED, type RecordedVersion, readWorld } from './recordings.js';
import type { Target } from './session.js';
import { worldToSeed } from './to-seed.js';

/** The day of the recordings. */
const BEGAN = Date.parse('2026-11-28T22:55:36.000Z');

export type SandboxTarget = Target & { server: RunningDhis2 };

/** A sandbox of a recorded version with the recorded world, on the recorded day. */
export async function startSandboxTarget(version: RecordedVersion): Promise<SandboxTarget> {
  let now = BEGAN;
  // Time advances automatically, so that no two objects are created at the same instant.
  const clock = () => {
    now += 3;
    return new Date(now);
  };
  const server = await startDhis2({
    seed: worldToSeed(readWorld()),
    version: RECORDED[version],
    clock,
  });
  return {
    server,
    url: server.url,
    admin: { username: 'admin', password: 'district' },
    days: ['2026-11-28', '2026-11-29'],
    wait: milliseconds => {
      now += milliseconds;
    },
  };
}
