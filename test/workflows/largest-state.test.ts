import { describe, expect, it, onTestFinished } from 'vitest';
import type { TwoWayCursor } from '#common/handover/fetched-people-batch.js';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import type { StoredVersions } from '#common/handover/seen-versions.js';
import { toStoredRelationships } from '#common/handover/waiting-relationships.js';
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
/** The target. `runOnPlatform` holds states only to what a platform destroys, 10 MB. */
const LARGEST = 8_000_000;
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

/**
 * Both servers, and a run of both ways with DHIS2's people.
 *
 * @returns what each step left
 */
async function startTwoWay() {
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
  const { credentials } = joinServers(goData, dhis2, goData.store.users.list()[0]!);
  return async (state: Record<string, unknown>) => {
    const left = await runOnPlatform({ project: PROJECT, workflow: 'two-way', credentials, state });
    expect(left.map(({ state: { errors } }) => errors)).toEqual(left.map(() => undefined));
    return left;
  };
}

/**
 * A cursor with what it holds after 50,000 people, as a run of so many showed: as many relationships
 * that wait as it takes, people to read again, and a mark for each record of the last hour.
 *
 * @param ids people in DHIS2
 */
function afterManyPeople(cursor: TwoWayCursor, ids: readonly string[]): TwoWayCursor {
  const idOf = (kind: string, n: number) => `${kind}${String(n).padStart(10, '0')}`;
  const waiting = Array.from({ length: 5000 }, (_, n) => ({
    id: idOf('R', n),
    type: 'ipjUWSTPKFt',
    from: idOf('P', n),
    to: idOf('Q', n),
    createdAt: TODAY,
  }));
  const more = (seen: StoredVersions, marks: number) => {
    const [hour = `${TODAY}T12`] = Object.keys(seen);
    const text = Array.from({ length: marks }, (_, n) => String(n).padStart(8, '0')).join('');
    return { ...seen, [hour]: (seen[hour] ?? '') + text };
  };
  const { people, labResults } = cursor.people!;
  return {
    ...cursor,
    waiting: toStoredRelationships(waiting),
    retry: [...ids, ...Array.from({ length: 20_000 }, (_, n) => idOf('P', n))],
    people: {
      ...cursor.people,
      people: { ...people!, seen: more(people!.seen, 50_000) },
      labResults: { ...labResults!, seen: more(labResults!.seen, 50_000) },
    },
  };
}

describe.skipIf(!IS_DEEP)('the largest states stay below what the platform destroys (deep)', () => {
  it('a full batch of people both ways, with a full memory', async () => {
    const run = await startTwoWay();
    const memory = fullMemory();
    expect(sizeOf(memory)).toBeGreaterThan(5 * MEGABYTE);
    const left = await run({ memory });
    const sizes = left.map(({ state }) => sizeOf(state));
    // Seven and a half million, when the people are mapped.
    expect(Math.max(...sizes)).toBeGreaterThan(7_000_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(LARGEST);
    const { report } = left.at(-1)!.state as { report: Record<string, { read: number }> };
    expect(report['fetch-tracked-entities']!.read).toBeGreaterThan(100);
  });

  it('of an outbreak of 50,000 people, in the midst of reading them', async () => {
    const run = await startTwoWay();
    const first = await run({ memory: fullMemory() });
    const { entities } = first[0]!.state.data as FetchedTrackedEntityBatch;
    const { state } = first.at(-1)!;
    expect(state.more).toBe(true);
    let { cursor, memory } = state as { cursor: TwoWayCursor; memory: { people: string } };
    const ids = entities.map(({ id }) => id);
    cursor = afterManyPeople(cursor, ids);
    // The first of these runs gets a memory that had no such cursor beside it.
    for (const most of [Number.POSITIVE_INFINITY, LARGEST, LARGEST]) {
      const left = await run({ memory, cursor });
      const sizes = left.map(one => sizeOf(one.state));
      expect(Math.max(...sizes)).toBeGreaterThan(7_000_000);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(most);
      ({ cursor, memory } = left.at(-1)!.state as { cursor: TwoWayCursor; memory: typeof memory });
      expect(cursor.retry!.length).toBeGreaterThanOrEqual(20_000);
    }
    // What makes place is the memory of those who were seen longest ago.
    expect(memory.people.length).toBeGreaterThan(3 * MEGABYTE);
    expect(memory.people.length).toBeLessThan(5 * MEGABYTE);
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
