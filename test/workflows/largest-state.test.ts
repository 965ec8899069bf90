import { describe, expect, it, onTestFinished } from 'vitest';
import { openMemory } from '#common/ownership/memory.js';
import { openMemoryKey } from '#common/ownership/memory-key.js';
import { toMemoryText } from '#common/ownership/memory-text.js';
import { demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import { startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { joinServers, MEMORY_KEY } from '../support/both-servers.js';
import { aUnit, startPlaceServers } from '../support/places.js';
import { runOnPlatform } from '../support/platform.js';
import { IS_DEEP } from '../support/runs.js';
import { PROJECT } from '../support/workflow.js';

const TODAY = '2026-11-24';
const MEGABYTE = 1024 * 1024;
const sizeOf = (state: unknown) => Buffer.byteLength(JSON.stringify(state));

/** A memory of as many people as a state can hold, with 25 fields each. */
function fullMemory() {
  const key = openMemoryKey(MEMORY_KEY);
  const fields = Array.from({ length: 25 }, (_, n) => `field${n}`);
  const one = openMemory(undefined, key);
  for (const field of fields) one.remember('P0000000000', field, { dhis2: 'a', godata: 'b' });
  const { lists, key: id, people } = one.changes();
  const [text] = Object.values(people);
  const ids = Array.from({ length: 20_000 }, (_, n) => `P${String(n).padStart(10, '0')}`);
  return { key: id, lists, people: toMemoryText(ids.map(person => [person, text!])) };
}

// `runOnPlatform` fails if a step leaves more than 10 MB.
describe.skipIf(!IS_DEEP)('the largest states stay below what the platform destroys (deep)', () => {
  it('a full batch of people both ways, with a full memory', async () => {
    const { orgUnits, goData: seed } = generateOutbreak({ today: TODAY, cases: 0 });
    const [outbreak] = seed.outbreaks!;
    const clock = () => new Date(`${TODAY}T12:00:00.000Z`);
    const goData = await startGoData({
      seed: { ...seed, outbreaks: [{ ...outbreak!, name: 'COVID-19' }] },
      clock,
    });
    onTestFinished(() => goData.close());
    const dhis2 = await startDhis2({
      jobWaitMs: 0,
      seed: addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people: 3000 }),
      version: '2.42',
      clock,
    });
    onTestFinished(() => dhis2.close());
    const memory = fullMemory();
    expect(sizeOf(memory)).toBeGreaterThan(5 * MEGABYTE);
    const left = await runOnPlatform({
      project: PROJECT,
      workflow: 'two-way',
      credentials: joinServers(goData, dhis2, goData.store.users.list()[0]!).credentials,
      state: { memory },
    });
    expect(left.map(({ state }) => state.errors)).toEqual(left.map(() => undefined));
    const sizes = left.map(({ state }) => sizeOf(state) / MEGABYTE);
    // Seven and a half, when the people are mapped.
    expect(Math.max(...sizes)).toBeGreaterThan(7);
    const { report } = left.at(-1)!.state as { report: Record<string, { read: number }> };
    expect(report['fetch-tracked-entities']!.read).toBeGreaterThan(100);
  });

  it('a tree of 50,000 org units', async () => {
    const units = [
      aUnit('CountryOu01', 'Country', undefined, { code: 'C' }),
      ...Array.from({ length: 250 }, (_, n) =>
        aUnit(`District${String(n).padStart(3, '0')}`, `District ${n}`, 'CountryOu01'),
      ),
      ...Array.from({ length: 50_000 }, (_, n) =>
        aUnit(
          `F${String(n).padStart(10, '0')}`,
          `Primary health centre number ${n}`,
          `District${String(n % 250).padStart(3, '0')}`,
          { code: `OU_${n}` },
        ),
      ),
    ];
    const { credentials, close } = await startPlaceServers(units, []);
    onTestFinished(close);
    const left = await runOnPlatform({
      project: PROJECT,
      workflow: 'org-units-to-locations',
      credentials,
      state: {},
    });
    expect(left.map(({ state }) => state.errors)).toEqual(left.map(() => undefined));
    expect(left.at(-1)!.state.more).toBe(true);
  });
});
