import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  FetchedTrackedEntityBatch,
  TrackedEntity,
} from '#common/handover/fetched-tracked-entity-batch.js';
import { mapWithFunctions as mapCases } from '#godata/people/map/map-with-functions.js';
import { runs } from '#test/support/runs.js';
import { HERE, loadShippedJob, SEX, type ShippedJob, STAGE } from '../support.js';

let job: ShippedJob;
beforeAll(async () => {
  job = await loadShippedJob();
});

const anyId = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{10}$/);
/** Few ids, so that relationships often have known people. */
const anyPersonId = fc.constantFrom('PersonA0001', 'PersonB0001', 'PersonC0001', 'PersonD0001');
const anyDay = fc.constantFrom('2026-01-31', '2026-02-28', '2026-03-01', '2026-12-31');
/** Unexpected values of a data element. */
const anyJunk = fc.oneof(
  fc.constantFrom('', ' ', '__proto__', 'constructor', 'toString', 'YES', '41'),
  fc.string({ unit: 'grapheme' }),
);
const codes = (...list: string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...list) }, { weight: 1, arbitrary: anyJunk });
/** Values of the package's attributes and data elements for which the mapping has tables. */
const anyCodes = fc.record(
  {
    [SEX]: codes('MALE', 'FEMALE', 'OTHER'),
    ovY6E8BSdto: codes('POSITIVE', 'NEGATIVE', 'INCONCLUSIVE', 'INVALID', 'WEAK'),
    bOYWVEBaWy6: codes('HEALTHY', 'RECOVERED', 'DEATH', 'OTHER'),
    Bt9xOiBUuDW: codes('YES', 'NO', 'UNKNOWN'),
    HM8BPaL8Bbj: codes('T1', 'T2', 'T3', 'T4'),
    CUbZcLm9LyN: codes('YES', 'NO'),
    p8htbyJHydl: codes('YES', 'NO'),
    fL5NtssTKPq: codes('VACC_TYPE_MR', 'VACC_TYPE_MMR', 'VACC_TYPE_BCG'),
    lK4SC5l7VR6: codes('VACC_DOSE_0', 'VACC_DOSE_5O'),
    kL7PTi4lRSl: codes('SERUM', 'NASAL_WASH', 'HAIR'),
    D0RBm3alWd9: codes('PCR', 'NAAT', 'CULTURE'),
    EoOuEHmkoBv: codes('YES', 'NO'),
    e9ME9cqEGs4: codes('YES', 'NO', 'UNKNOWN'),
    faqBMrWUluk: codes('Direct physical contact', 'on the bus'),
    s3eoonJ8OJb: codes('2026-03-01', '2026-03-31'),
    Cl2I1H6Y3oj: codes('2026-03-01', '2026-03-31'),
    guigSJl89Gc: codes('2026-03-01', '2026-03-31'),
    Rv8WM2mTuS5: codes('0', '41', '99'),
    NI0QRzJvQ0k: codes('1985-02-28', '2020-02-29'),
  },
  { requiredKeys: [] },
);

/** All ids of the job's mapping, so that every part of it is used. */
async function idsOfTheJob(): Promise<string[]> {
  const { readFileSync } = await import('node:fs');
  const file = new URL('../../../../jobs/people/map-people.js', import.meta.url);
  const ids = readFileSync(file, 'utf8').match(/'[A-Za-z][A-Za-z0-9]{10}'/g)!;
  return [...new Set(ids.map(id => id.slice(1, -1)))];
}

async function anyBatch(): Promise<fc.Arbitrary<FetchedTrackedEntityBatch>> {
  const ids = await idsOfTheJob();
  expect(ids.length).toBeGreaterThan(60);
  const anyOthers = fc.dictionary(fc.constantFrom(...ids), anyJunk, {
    maxKeys: 3,
  });
  const anyValues = fc.tuple(anyOthers, anyCodes).map(parts => Object.assign({}, ...parts));
  const anyEvent = fc.record(
    {
      id: anyId,
      stage: fc.constantFrom(...Object.values(STAGE)),
      orgUnit: fc.constant(HERE),
      status: fc.constantFrom('ACTIVE', 'COMPLETED', 'SCHEDULE', 'SKIPPED'),
      occurredAt: anyDay,
      scheduledAt: anyDay,
      values: anyValues,
    },
    { requiredKeys: ['id', 'stage', 'values'] },
  );
  const anyEnrollment = fc.record(
    {
      id: anyId,
      program: fc.constant('uYjxkTbwRNf'),
      orgUnit: fc.constant(HERE),
      status: fc.constantFrom('ACTIVE', 'COMPLETED', 'CANCELLED'),
      enrolledAt: anyDay,
      occurredAt: anyDay,
      events: fc.uniqueArray(anyEvent, { maxLength: 5, selector: ({ id }) => id }),
    },
    { requiredKeys: ['id', 'program', 'orgUnit', 'events'] },
  );
  const anyRelationship = fc.record(
    { id: anyId, type: anyId, from: anyPersonId, to: anyPersonId, createdAt: anyDay },
    { requiredKeys: ['id', 'type', 'from', 'to'] },
  );
  const anyEntity = fc.record(
    {
      id: anyPersonId,
      kind: fc.constantFrom('case' as const, 'contact' as const),
      orgUnit: fc.constantFrom(HERE, 'VillageB001'),
      createdAt: fc.constant('2026-01-02T03:04:05.678'),
      updatedAt: fc.constant('2026-01-02T03:04:05.678'),
      deleted: fc.constant(true as const),
      attributes: anyValues,
      enrollments: fc.array(anyEnrollment, { maxLength: 2 }),
      relationships: fc.array(anyRelationship, { maxLength: 3 }),
    },
    {
      requiredKeys: [
        'id',
        'kind',
        'orgUnit',
        'createdAt',
        'updatedAt',
        'attributes',
        'enrollments',
        'relationships',
      ],
    },
  );
  return (
    fc
      .record({
        entities: fc.uniqueArray(anyEntity, { maxLength: 4, selector: ({ id }) => id }),
        orgUnits: fc.constant({ [HERE]: { name: 'Acre', path: `/CountryOu01/${HERE}` } }),
        next: fc.constant({}),
        more: fc.boolean(),
      })
      // States travel between steps as JSON.
      .map(batch => JSON.parse(JSON.stringify(batch)) as FetchedTrackedEntityBatch)
  );
}

const run = (data: FetchedTrackedEntityBatch) => {
  const state = mapCases(job.mapping, job.options)({ data });
  return { data: state.data, report: state.report['map-cases']! };
};
const living = ({ entities }: FetchedTrackedEntityBatch) =>
  entities.filter(({ deleted }) => !deleted);

describe('the shipped mapping, for any tracked entities', () => {
  it('maps or rejects each, and the result survives JSON', async () => {
    fc.assert(
      fc.property(await anyBatch(), batch => {
        const { data, report } = run(batch);
        const rejected = (report.rejected ?? []).filter(({ kind }) => kind !== 'relationship');
        const ids = [...data.people, ...rejected].map(({ id }) => id);
        expect(ids.sort()).toEqual(batch.entities.map(({ id }) => id).sort());
        for (const { id } of rejected) expect(data.next.retry).toContain(id);
        expect(JSON.parse(JSON.stringify(data))).toStrictEqual(data);
      }),
      runs(100, 1500),
    );
  });

  it('gives only reference data from its tables', async () => {
    const known = new Set(job.tables.flatMap(({ table }) => Object.values(table)));
    known.add('LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE');
    const seen = new Set<string>();
    fc.assert(
      fc.property(await anyBatch(), batch => {
        const { people, relationships } = run(batch).data;
        const given = JSON.stringify([people, relationships]).match(/"LNG_[^"]*"/g) ?? [];
        for (const id of given) {
          seen.add(id);
          expect(known).toContain(id.slice(1, -1));
        }
      }),
      // With fewer cases, too few of the tables' values occur.
      runs(500, 1500),
    );
    expect(seen.size).toBeGreaterThan(15);
  });

  it('counts every code that is not in its tables', async () => {
    const isUnmapped = ({ attributes }: TrackedEntity) => {
      const code = attributes[SEX]?.trim() ?? '';
      return code !== '' && code !== 'MALE' && code !== 'FEMALE';
    };
    let total = 0;
    fc.assert(
      fc.property(await anyBatch(), batch => {
        const { leftOut = [] } = run(batch).report;
        const counts = leftOut
          .filter(
            ({ reason, subject }) => reason === 'unmapped-code' && subject.startsWith('gender='),
          )
          .map(({ count }) => count);
        const expected = living(batch).filter(isUnmapped).length;
        total += expected;
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected);
      }),
      runs(500, 1500),
    );
    expect(total).toBeGreaterThan(10);
  });

  it('maps a person in the same way for any order and any other people in the batch', async () => {
    fc.assert(
      fc.property(await anyBatch(), batch => {
        const together = run(batch).data.people;
        const alone = batch.entities.flatMap(
          entity => run({ ...batch, entities: [entity] }).data.people,
        );
        expect(alone).toEqual(together);
      }),
      runs(50, 600),
    );
  });
});
