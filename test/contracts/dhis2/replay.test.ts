import { describe, expect, it } from 'vitest';
import { objectionTo, readAllowed } from './allowed.js';
import { RECORDED, type RecordedVersion, readRecordings } from './replay/recordings.js';
import { MAKES_THE_WORLD, type Outcome, replay } from './replay/replay.js';
import { startSandboxTarget } from './replay/sandbox-target.js';

// The recorded requests are sent in order to a sandbox with the recorded world; its answers are
// compared with those of the real server. `npm run contracts` prints the differences.

const rows = readAllowed();

async function replayed(version: RecordedVersion): Promise<Outcome[]> {
  const target = await startSandboxTarget(version);
  try {
    return await replay(readRecordings(version), target, MAKES_THE_WORLD);
  } finally {
    await target.server.close();
  }
}

describe.each(Object.keys(RECORDED) as RecordedVersion[])('as DHIS2 %s', version => {
  const own = rows.filter(row => row.version === version);
  const outcomes = replayed(version);

  it('answers as the real server did, except for what the table allows', async () => {
    const objections = (await outcomes).flatMap(outcome => {
      const row = own.find(({ pair }) => pair === outcome.recording.pair);
      const objection = objectionTo(outcome, row);
      return objection ? [`${outcome.recording.name}: ${objection}`] : [];
    });
    expect(objections).toEqual([]);
  });

  it('is never kinder, and nearly always alike', async () => {
    const verdicts = (await outcomes).map(({ verdict }) => verdict);
    expect(verdicts).not.toContain('kinder');
    expect(verdicts.filter(verdict => verdict === 'alike').length).toBeGreaterThanOrEqual(390);
  });

  it('receives every recording except those that create the world', async () => {
    expect(await outcomes).toHaveLength(418);
  });

  it('has a reason for each difference that it allows', () => {
    for (const { pair, why } of own) expect(`${pair} ${why}`).toMatch(/^\d{3} .{20}/);
  });

  it('allows nothing twice, and nothing for pairs that do not exist', async () => {
    const pairs = own.map(({ pair }) => pair);
    const recorded = (await outcomes).map(({ recording }) => recording.pair);
    expect(pairs).toEqual([...new Set(pairs)].filter(pair => recorded.includes(pair)));
  });
});
