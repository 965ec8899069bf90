import fc from 'fast-check';
import { describe, it } from 'vitest';
import { runs } from '../support/runs.js';
import type { Toward } from '../support/two-way.js';
import {
  anyWorld,
  type Edit,
  play,
  type Run,
  type Thing,
  type World,
} from './support/two-way-play.js';

describe('any edits in both systems, and any runs of both flows', () => {
  it('end as the owners of the fields define, with no person or value twice, and conflicts reported', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, world => play(world)),
      runs(5, 75),
    );
  });
});

const person = (side: Toward): Thing => ({
  kind: 'person',
  side,
  isContact: false,
  person: 0,
  other: 0,
});
const onBoth = (person: number, field: number, value: number, other: number): Edit => ({
  person,
  field,
  side: 'both',
  value,
  other,
});

describe('scenarios that once failed', () => {
  it.each<[string, World]>([
    ...([1, 2] as const).map((batchSize): [string, World] => [
      `a relationship entered in DHIS2 between people of Go.Data, in runs of ${batchSize}`,
      {
        skew: 0,
        batchSize,
        first: [person('godata')],
        rounds: [
          { edits: [], things: [person('godata')], runs: [] },
          {
            edits: [],
            things: [person('dhis2'), { ...person('dhis2'), kind: 'relationship' }],
            runs: [],
          },
        ],
      },
    ]),
    [
      'two conflicts, in runs with room for one',
      {
        skew: 0,
        batchSize: 1,
        first: [person('dhis2'), person('dhis2')],
        rounds: [
          {
            edits: [
              onBoth(1, 0, 1, 0),
              { ...onBoth(0, 0, 0, 0), side: 'dhis2' },
              onBoth(0, 1, 0, 1),
            ],
            things: [],
            runs: [],
          },
        ],
      },
    ],
    [
      'a way that was stopped in the middle, and the other one after it',
      {
        skew: 0,
        batchSize: 1,
        first: [person('dhis2'), person('godata')],
        rounds: [
          {
            edits: [],
            things: [person('dhis2'), person('dhis2'), person('dhis2')],
            runs: [4, 8, 12, 16, 20].flatMap((at): Run[] => [
              { toward: 'godata', stop: { server: 'godata', at }, faults: [] },
              { toward: 'dhis2', stop: null, faults: [] },
            ]),
          },
        ],
      },
    ],
  ])('%s', (_, world) => play(world));
});
