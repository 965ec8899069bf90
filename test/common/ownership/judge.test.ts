import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Both,
  createJudge,
  decide,
  fingerprint,
  openMemory,
  openMemoryKey,
  type Side,
  UNSEEN,
} from '#common/ownership/index.js';

const question = {
  toward: 'godata' as Side,
  isSame: false,
  now: { dhis2: 'd1', godata: 'g1' },
  last: undefined as Both | undefined,
  origin: 'dhis2' as Side,
};

describe('which system wins a field', () => {
  it.each([
    ['dhis2', 'godata', 'write'],
    ['dhis2', 'dhis2', 'leave'],
    ['godata', 'godata', 'leave'],
    ['godata', 'dhis2', 'write'],
  ] as const)('a field of %s, toward %s: %s', (owner, toward, decision) => {
    expect(decide({ ...question, owner, toward })).toBe(decision);
  });

  it.each([
    ['only the source has changed', { dhis2: 'd0', godata: 'g1' }, 'write'],
    ['only the target has changed', { dhis2: 'd1', godata: 'g0' }, 'leave'],
    ['both have changed', { dhis2: 'd0', godata: 'g0' }, 'conflict'],
    ['the source was never seen, the target has changed', { dhis2: UNSEEN, godata: 'g0' }, 'leave'],
  ])('latest, when %s: %s', (_, last, decision) => {
    expect(decide({ ...question, owner: 'latest', last })).toBe(decision);
    // In the other direction the roles are reversed.
    const turned = { dhis2: last.godata.replace('g', 'd'), godata: last.dhis2.replace('d', 'g') };
    expect(decide({ ...question, owner: 'latest', toward: 'dhis2', last: turned })).toBe(decision);
  });

  it.each([
    ['nothing is known', undefined],
    ['neither has changed', question.now],
    ['the source was never seen', { dhis2: UNSEEN, godata: 'g1' }],
  ])('latest, when %s: the system where the person was first entered wins', (_, last) => {
    expect(decide({ ...question, owner: 'latest', last, origin: 'dhis2' })).toBe('write');
    expect(decide({ ...question, owner: 'latest', last, origin: 'godata' })).toBe('leave');
  });

  it('an equal value is never written, whoever owns it', () => {
    for (const owner of ['dhis2', 'godata', 'latest'] as const) {
      expect(decide({ ...question, owner, isSame: true })).toBe('same');
    }
  });
});

const KEY = openMemoryKey('a key of the memory, for tests');

/** DHIS2 has two codes for one item of Go.Data. */
const MEANING: Record<string, string> = { a: 'A', a2: 'A', b: 'B', c: 'C' };
const CODE: Record<string, string> = { A: 'a', B: 'b', C: 'c' };

/** One field of one person in both systems, with both workflows between them. */
function createWorld(origin: Side) {
  const world = { dhis2: 'a', godata: 'A', conflicts: 0 };
  let stored: unknown;
  const subject = { id: 'Person00001', origin, owners: { field: { owner: 'latest' as const } } };
  const now = () => ({ dhis2: fingerprint(world.dhis2), godata: fingerprint(world.godata) });
  return {
    world,
    forget: () => {
      stored = undefined;
    },
    /** @param isKilled after the write, so that nothing of it is remembered */
    run(toward: Side, isKilled = false) {
      const memory = openMemory(stored, KEY);
      const judge = createJudge(memory, toward);
      const isSame = MEANING[world.dhis2] === world.godata;
      const decision = judge.decide(subject, 'field', isSame, now);
      if (decision === 'conflict') world.conflicts += 1;
      if (decision === 'write') {
        if (toward === 'godata') world.godata = MEANING[world.dhis2]!;
        else world.dhis2 = CODE[world.godata]!;
        judge.written(subject, 'field', now());
      }
      if (!isKilled) stored = JSON.parse(JSON.stringify(memory.all()));
      return decision;
    },
  };
}

type World = ReturnType<typeof createWorld>;

const runs = fc.record({
  toward: fc.constantFrom<Side>('dhis2', 'godata'),
  isKilled: fc.boolean(),
});

describe('both workflows together', () => {
  const sync = (one: World) => [one.run('godata'), one.run('dhis2')];

  it('an edit in one system reaches the other, whatever runs and is killed before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Side>('dhis2', 'godata'),
        fc.array(
          fc.oneof(
            fc.record({ dhis2: fc.constantFrom('a', 'a2', 'b', 'c') }),
            fc.record({ godata: fc.constantFrom('A', 'B', 'C') }),
          ),
          { maxLength: 8 },
        ),
        fc.array(runs, { maxLength: 4 }),
        (origin, edits, between) => {
          const one = createWorld(origin);
          sync(one);
          for (const edit of edits) {
            Object.assign(one.world, edit);
            for (const { toward, isKilled } of between) one.run(toward, isKilled);
            sync(one);
            const expected = 'dhis2' in edit ? MEANING[edit.dhis2] : edit.godata;
            expect(one.world.godata).toBe(expected);
            expect(MEANING[one.world.dhis2]).toBe(expected);
            // A value that came from the other system does not go back.
            const before = { ...one.world };
            expect(sync(one)).toEqual(['same', 'same']);
            expect(one.world).toEqual(before);
          }
          expect(one.world.conflicts).toBe(0);
        },
      ),
    );
  });

  it('edits in both systems are a conflict until both are the same, and neither is lost', () => {
    const one = createWorld('dhis2');
    sync(one);
    Object.assign(one.world, { dhis2: 'b', godata: 'C' });
    expect(sync(one)).toEqual(['conflict', 'conflict']);
    expect(sync(one)).toEqual(['conflict', 'conflict']);
    expect(one.world).toMatchObject({ dhis2: 'b', godata: 'C' });
    one.world.godata = 'B';
    expect(sync(one)).toEqual(['same', 'same']);
    one.world.dhis2 = 'c';
    expect(sync(one)).toEqual(['write', 'same']);
    expect(one.world.godata).toBe('C');
  });

  it('two edits in both systems with the same meaning are no conflict', () => {
    const one = createWorld('dhis2');
    one.world.dhis2 = 'b';
    one.world.godata = 'B';
    expect(sync(one)).toEqual(['same', 'same']);
  });

  it('everything, including a lost memory, ends in agreement or in a conflict', () => {
    const step = fc.oneof(
      fc.record({ dhis2: fc.constantFrom('a', 'a2', 'b', 'c') }),
      fc.record({ godata: fc.constantFrom('A', 'B', 'C') }),
      fc.record({ forget: fc.constant(true) }),
      runs,
    );
    fc.assert(
      fc.property(fc.constantFrom<Side>('dhis2', 'godata'), fc.array(step), (origin, steps) => {
        const one = createWorld(origin);
        for (const each of steps) {
          if ('toward' in each) one.run(each.toward, each.isKilled);
          else if ('forget' in each) one.forget();
          else Object.assign(one.world, each);
        }
        sync(one);
        const settled = { ...one.world };
        const last = sync(one);
        expect(one.world).toMatchObject({ dhis2: settled.dhis2, godata: settled.godata });
        const agree = MEANING[one.world.dhis2] === one.world.godata;
        expect(last).toEqual(agree ? ['same', 'same'] : ['conflict', 'conflict']);
      }),
    );
  });

  it('a lost memory lets the system win where the person was first entered', () => {
    for (const origin of ['dhis2', 'godata'] as const) {
      const one = createWorld(origin);
      sync(one);
      Object.assign(one.world, { dhis2: 'b', godata: 'C' });
      one.forget();
      sync(one);
      expect(one.world.godata).toBe(origin === 'dhis2' ? 'B' : 'C');
      expect(MEANING[one.world.dhis2]).toBe(one.world.godata);
    }
  });
});
