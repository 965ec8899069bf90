import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#sandbox/godata/index.js';
import { ALLOWED } from './allowed.js';
import { readRecordings, settled, shapeOf, stampsIn, unordered } from './replay.js';
import { PREPARE } from './replay-prepare.js';
import { ReplaySession } from './replay-session.js';

// One session, replayed in order against an empty sandbox: each recording sees the results of the
// earlier ones. What the real session did in between on routes that the sandbox lacks is prepared.

const recordings = readRecordings();

/** The timestamps of each record, in the order they were seen: the recorded ones and ours. */
const sightings = new Map<string, { name: string; theirs: string; ours: string }[]>();

const { randomUUID } = crypto;

/** The ids that the sandbox uses next; without any, it uses random ones as usual. */
const nextIds: string[] = [];

const session = new ReplaySession(nextIds);

/** Replaces the sandbox's source of ids, also where it has been imported already. */
function setRandomUuid(random: () => string): void {
  crypto.randomUUID = random as typeof randomUUID;
  syncBuiltinESMExports();
}

beforeAll(() => {
  setRandomUuid(() => nextIds.shift() ?? randomUUID());
  const self = recordings.find(recording => recording.number === 24)?.response.body as JsonObject;
  return session.begin(self.roleIds);
});
afterAll(() => {
  setRandomUuid(randomUUID);
  return session.server.close();
});

describe('the sandbox answers like the recorded server', () => {
  it.each(recordings)('$name', async recording => {
    await PREPARE[recording.number]?.(session);
    const answer = await session.play(recording);
    const allowed = ALLOWED[recording.number];
    if (allowed?.isRefused) {
      // Never a wrong answer in the form of a real one.
      expect(answer).toMatchObject({ body: { error: { code: 'SANDBOX_NOT_IMPLEMENTED' } } });
      return;
    }
    const expected = recording.response.body;
    expect(answer.status).toBe(recording.response.status);
    expect(answer.contentType).toBe(recording.response.headers['content-type']);
    const ignored = allowed?.keys ?? [];
    const inOrder = allowed?.isUnordered ? unordered : (body: unknown) => body;
    const [ours, theirs] = [inOrder(answer.body), inOrder(expected)];
    expect(shapeOf(ours, ignored)).toEqual(shapeOf(theirs, ignored));
    if (allowed?.isShapeOnly) return;
    expect(settled(ours, ignored)).toEqual(settled(theirs, ignored));
    const stamps = stampsIn(ours);
    for (const [id, stamp] of stampsIn(theirs)) {
      const seen = { name: recording.name, theirs: stamp, ours: String(stamps.get(id)) };
      sightings.set(id, [...(sightings.get(id) ?? []), seen]);
    }
  });

  it('changes the timestamp of a record when the recorded server did, and only then', () => {
    const changes = [...sightings].flatMap(([id, seen]) =>
      seen.slice(1).map(({ name, theirs, ours }, index) => ({
        ...{ id, name, theirs: theirs !== seen[index]?.theirs, ours: ours !== seen[index]?.ours },
      })),
    );
    expect(changes.length).toBeGreaterThan(100);
    expect(changes.filter(({ theirs, ours }) => theirs !== ours)).toEqual([]);
  });

  it('replays 287 recordings, and compares the values of 251 of them', () => {
    expect(recordings).toHaveLength(287);
    const isCompared = ({ number }: { number: number }) =>
      !ALLOWED[number]?.isRefused && !ALLOWED[number]?.isShapeOnly;
    expect(recordings.filter(isCompared)).toHaveLength(251);
    const numbers = new Set(recordings.map(({ number }) => number));
    expect(Object.keys(ALLOWED).filter(number => !numbers.has(Number(number)))).toEqual([]);
  });
});
