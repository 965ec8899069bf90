import { beforeAll, describe, expect, it } from 'vitest';
import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import { mapWithFunctions as mapCases } from '#godata/people/map/map-with-functions.js';
import { generateTrackerProgram, type TrackerProgram } from '#sandbox/tracker-program/index.js';
import { toEntities } from '#test/support/tracked-people.js';
import { aBatch, HERE, loadShippedJob, runMapCases, type ShippedJob } from '../support.js';

let job: ShippedJob;
let program: TrackerProgram;
beforeAll(async () => {
  job = await loadShippedJob();
  const orgUnits = [{ id: HERE, name: 'Acre' }];
  program = generateTrackerProgram({ orgUnits, today: '2026-11-23' });
});

const run = (entities: TrackedEntity[]) => runMapCases(job.mapping, entities, job.options);

describe('the shipped mapping, for the synthetic program', () => {
  it('maps everybody, people with an invalid date without it, and reports what it left out', () => {
    const { data, report } = run(toEntities(program));
    expect(report.read).toBe(500);
    expect(data.people.length).toBe(500);
    expect(report.rejected).toBeUndefined();
    expect(report.adjusted!.length).toBeGreaterThan(3);
    expect(new Set(report.adjusted!.map(({ code }) => code))).toEqual(new Set(['INVALID_DATE']));
    const fields = report.adjusted!.map(({ message }) => message.split(':')[0]);
    expect([...new Set(fields)].sort()).toEqual(['dateOfOnset', 'dateOfResult']);
    expect(report.leftOut!.map(({ reason, subject }) => `${reason} ${subject}`).sort()).toEqual([
      'between-contacts ipjUWSTPKFt',
      'unmapped-code gender=OTHER',
      'unmapped-code result=WEAK_POSITIVE',
      'unmapped-code sampleType=SALIVA',
      'unmapped-code vaccinesReceived=VACC_TYPE_BCG',
    ]);
  });

  it('uses every value of its tables that the package has', () => {
    const { data } = run(toEntities(program));
    const given = new Set(JSON.stringify(data).match(/LNG_REFERENCE_DATA_CATEGORY_\w+/g));
    const missing = job.tables
      .flatMap(({ table }) => Object.values(table))
      .filter(id => id !== null && !given.has(id))
      .map(id => id?.replace('LNG_REFERENCE_DATA_CATEGORY_', ''));
    // Values that the synthetic program does not have.
    expect(missing).toEqual([
      'EXPOSURE_TYPE_ATE_DRANK_CONTAMINATED_MATERIAL',
      'EXPOSURE_TYPE_SEXUAL_EXPOSURE',
      'EXPOSURE_TYPE_INTRAVENOUS_EXPOSURE',
    ]);
  });

  it('has a case as the source of every exposure', () => {
    const entities = toEntities(program);
    const kinds = new Map(entities.map(({ id, kind }) => [id, kind]));
    const { relationships } = run(entities).data;
    expect(relationships.length).toBeGreaterThan(150);
    expect(relationships.filter(({ source }) => kinds.get(source) !== 'case')).toEqual([]);
    expect(relationships.filter(({ partial }) => partial)).toEqual([]);
  });

  it('has no name, address or number of a person in the report', () => {
    const entities = toEntities(program);
    const { report } = run(entities);
    const text = JSON.stringify(report);
    for (const attribute of ['sB1IHYu2xQT', 'ENRjVGxVL6l', 'Xhdn49gUd52', 'fctSQp5nAYl']) {
      const values = entities.map(entity => entity.attributes[attribute]?.trim() ?? '');
      expect(values.filter(value => value !== '' && text.includes(value))).toEqual([]);
    }
  });

  it('returns less than 8 MB for a full batch of people with 8 events each', () => {
    const [entity] = toEntities(program).filter(
      ({ kind, enrollments: [enrollment] }) => kind === 'case' && enrollment!.events.length > 4,
    );
    const events = entity!.enrollments[0]!.events;
    const enrollments = [
      {
        ...entity!.enrollments[0]!,
        events: Array.from({ length: 8 }, (_, n) => ({
          ...events[n % events.length]!,
          id: `Event${String(n).padStart(6, '0')}`,
        })),
      },
    ];
    const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
    // The largest batch that the step before passes on.
    const count = Math.floor(4_000_000 / bytes({ ...entity, enrollments }));
    const batch = aBatch(
      Array.from({ length: count }, (_, n) => ({
        ...entity!,
        enrollments,
        id: `Person${String(n).padStart(5, '0')}`,
      })),
    );
    expect(count).toBeGreaterThan(1000);
    const { data } = mapCases(job.mapping, job.options)({ data: batch });
    expect(bytes(data)).toBeLessThan(8_000_000);
  });
});
