import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  fingerprint,
  openKeptMemory,
  openMemory,
  openMemoryKey,
  type StoredMemory,
} from '#common/ownership/index.js';
import { readMemoryText } from '#common/ownership/memory-text.js';
import { MEMORY_KEY } from '../../support/both-servers.js';

const KEY = openMemoryKey(MEMORY_KEY);
const OWNERS = { case: { dob: { owner: 'latest' as const } } };
const people = Array.from({ length: 200 }, (_, n) => ({
  id: `Person${String(n).padStart(5, '0')}`,
  dob: new Date(Date.UTC(1950 + (n % 70), n % 12, 1 + (n % 28))).toISOString().slice(0, 10),
  sex: n % 3 === 0 ? 'FEMALE' : 'MALE',
}));

/** A memory with a date of birth and a sex of everybody, as it is stored. */
function remembered() {
  const memory = openMemory(undefined, KEY);
  for (const { id, dob, sex } of people) {
    memory.remember(id, 'dob', { dhis2: fingerprint([dob]), godata: fingerprint(dob) });
    memory.remember(id, 'gender', { dhis2: fingerprint([sex]), godata: fingerprint(sex) });
  }
  return memory.all();
}

/** Tracked entity id → text. */
function textsOf({ people: stored }: Pick<StoredMemory, 'people'>): Record<string, string> {
  return Object.fromEntries(readMemoryText(stored)) as Record<string, string>;
}

/** The fingerprints of a person in a stored memory: dob and gender, each of Go.Data and DHIS2. */
const printsOf = (text: string) => text.split(':')[1]!.match(/.{5}/g)!;

/** What an earlier version stored for the same people. */
function withoutKey() {
  const list = createHash('sha256').update('["dob","gender"]').digest('hex').slice(0, 6);
  const line = ({ dob, sex }: (typeof people)[number]) =>
    [fingerprint(dob), fingerprint([dob]), fingerprint(sex), fingerprint([sex])].join('');
  return {
    lists: { [list]: ['dob', 'gender'] },
    people: Object.fromEntries(people.map(one => [one.id, `${list}:${line(one)}`])),
  };
}

/** Reads dates of birth back by trying every day of a century. */
function readBack(stored: Pick<StoredMemory, 'people'>): number {
  const texts = textsOf(stored);
  const day = 86_400_000;
  const days = new Map<string, string>();
  for (let at = Date.UTC(1930, 0, 1); at < Date.UTC(2030, 0, 1); at += day) {
    const text = new Date(at).toISOString().slice(0, 10);
    days.set(fingerprint(text), text);
  }
  return people.filter(({ id, dob }) => days.get(printsOf(texts[id]!)[0]!) === dob).length;
}

describe('a stored memory', () => {
  it('without the key gives back no date of birth, however many days are tried', () => {
    // The attack works on what earlier versions stored.
    expect(readBack(withoutKey())).toBe(people.length);
    expect(readBack(remembered())).toBe(0);
  }, 60_000);

  it('does not show who has the same value', () => {
    const texts = textsOf(remembered());
    const sexes = people.map(({ id }) => printsOf(texts[id]!)[2]);
    expect(new Set(sexes).size).toBe(people.length);
  });

  it('does not contain the key', () => {
    expect(JSON.stringify(remembered())).not.toContain(MEMORY_KEY);
  });
});

describe('a memory of a version without a key', () => {
  const stored = withoutKey();

  it('is sealed whole, forgets nothing, and the report says so', async () => {
    const configuration = { memoryKey: MEMORY_KEY };
    const state = { configuration, memory: stored };
    const { memory, warnings, keep } = await openKeptMemory(state, undefined, OWNERS);
    expect(warnings).toEqual([expect.stringContaining('Delete older copies of the state')]);
    for (const { id, dob } of people) {
      const both = { dhis2: fingerprint([dob]), godata: fingerprint(dob) };
      expect(memory.recall(id, 'dob')).toEqual(memory.seal(id, 'dob', both));
    }
    const { memory: kept } = await keep(undefined);
    expect(textsOf(kept!)).not.toEqual(stored.people);
    expect(readBack(kept!)).toBe(0);
    const again = await openKeptMemory({ configuration, memory: kept }, undefined, OWNERS);
    expect(again.warnings).toEqual([]);
  }, 60_000);
});

describe('a key', () => {
  const open = (configuration: object, memory?: object, owners: object = OWNERS) =>
    openKeptMemory({ configuration, memory }, undefined, owners);

  it('is demanded where fields have the owner latest, and nowhere else', async () => {
    await expect(open({})).rejects.toMatchObject({ code: 'NO_MEMORY_KEY', kind: 'configuration' });
    const { memory, keep } = await open({}, undefined, { case: { dob: { owner: 'dhis2' } } });
    expect(memory.recall('Person00001', 'dob')).toBeUndefined();
    expect(await keep(undefined)).toEqual({});
  });

  it('that is short or another one is refused', async () => {
    await expect(open({ memoryKey: 'short' })).rejects.toMatchObject({
      code: 'MEMORY_KEY_TOO_SHORT',
      kind: 'configuration',
    });
    const other = { memoryKey: 'another key of the memory, for tests' };
    await expect(open(other, remembered())).rejects.toMatchObject({
      code: 'MEMORY_KEY_DIFFERS',
      kind: 'configuration',
      fix: expect.stringContaining('both systems'),
    });
  });
});
