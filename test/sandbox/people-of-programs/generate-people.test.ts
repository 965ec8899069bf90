import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dhis2Seed, startDhis2, type TrackerSeed } from '#sandbox/dhis2/index.js';
import { readExport } from '#sandbox/dhis2-export/index.js';
import { isUid } from '#sandbox/outbreak/index.js';
import { generatePeople } from '#sandbox/people-of-programs/index.js';
import { readRougeole } from '#test/support/rougeole.js';
import { runs } from '#test/support/runs.js';
import { anyMetadata } from './any-program.js';

const TODAY = '2026-11-23';
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

/** What an empty server with this metadata says to people, objects that are deleted aside. */
async function importPeople(metadata: Dhis2Seed, people: TrackerSeed, version: string) {
  const alive = (list: readonly { deleted?: boolean }[] = []) =>
    list
      .filter(one => !one.deleted)
      .map(one => ({ ...one, createdAt: undefined, updatedAt: undefined }));
  const dhis2 = await startDhis2({
    seed: metadata,
    version,
    clock: () => new Date(`${TODAY}T12:00:00.000Z`),
  });
  const post = async (body: object) => {
    const answer = await fetch(`${dhis2.url}/api/tracker?async=false&atomicMode=OBJECT`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from('admin:district').toString('base64')}`,
      },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as {
      stats: { created: number; ignored: number };
      validationReport: { errorReports: { message: string }[] };
    };
  };
  // Up to 2.40, an enrollment does not see the attributes of a person in the same request (E1018).
  const reports = [
    await post({ trackedEntities: alive(people.trackedEntities) }),
    await post({ enrollments: alive(people.enrollments), events: alive(people.events) }),
    await post({ relationships: alive(people.relationships) }),
  ];
  await dhis2.close();
  const sum = (name: 'created' | 'ignored') =>
    reports.reduce((all, { stats }) => all + stats[name], 0);
  return {
    created: sum('created'),
    ignored: sum('ignored'),
    messages: reports.flatMap(({ validationReport }) =>
      validationReport.errorReports.map(({ message }) => message),
    ),
  };
}

describe('people invented for any program', () => {
  it('are accepted by a server, whatever the fields, option sets and stages', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyMetadata,
        seeds,
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom('2.38', '2.40', '2.42', '2.44'),
        async (metadata, seed, people, version) => {
          const invented = generatePeople(metadata, { today: TODAY, seed, people });
          const { ignored, messages } = await importPeople(metadata, invented, version);
          expect({ ignored, messages }).toEqual({ ignored: 0, messages: [] });
        },
      ),
      runs(25, 300),
    );
  });

  it('are the same for the same seed and day, with ids of DHIS2 of which none occurs twice', () => {
    fc.assert(
      fc.property(anyMetadata, seeds, (metadata, seed) => {
        const options = { today: TODAY, seed, people: 30 };
        const { trackedEntities, enrollments, events, relationships } = generatePeople(
          metadata,
          options,
        );
        expect(generatePeople(metadata, options)).toEqual({
          ...{ trackedEntities, enrollments, events, relationships },
        });
        const ids = [
          ...trackedEntities.map(one => one.trackedEntity),
          ...enrollments.map(one => one.enrollment),
          ...events.map(one => one.event),
          ...relationships.map(one => one.relationship),
        ];
        expect(ids.filter(id => !isUid(id))).toEqual([]);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      runs(25, 300),
    );
  });

  const FILES = ['program-cas.json', 'program-contacts.json', 'metadata.json'];
  const { seed: rougeole } = readExport(
    FILES.map(path => ({ path, content: readRougeole(path) })),
    [],
  );

  it('fit program rules that assign a value, make a field mandatory, or compare two days', async () => {
    const people = generatePeople(rougeole, { today: TODAY, people: 120 });
    const { created, ignored, messages } = await importPeople(rougeole, people, '2.42');
    expect({ ignored, messages }).toEqual({ ignored: 0, messages: [] });
    expect(created).toBeGreaterThan(400);
  });

  it('have the faults of real programs: missing and odd values, cancelled, deleted, enrolled twice', () => {
    const people = generatePeople(rougeole, { today: TODAY, people: 400 });
    const count = <T>(list: readonly T[], test: (one: T) => unknown) => list.filter(test).length;
    const twice = new Map<string, string[]>();
    for (const { trackedEntity, program } of people.enrollments) {
      twice.set(trackedEntity, [...(twice.get(trackedEntity) ?? []), program]);
    }
    const several = [...twice.values()].filter(one => one.length > 1);
    const valuesOf = (id: string) =>
      people.trackedEntities.flatMap(({ attributes = [] }) =>
        attributes.filter(({ attribute }) => attribute === id).map(({ value }) => value),
      );
    expect({
      deleted: count(people.trackedEntities, one => one.deleted) > 0,
      cancelled: count(people.enrollments, one => one.status === 'CANCELLED') > 0,
      planned: count(people.events, one => one.status === 'SCHEDULE') > 0,
      inBoth: count(several, ([first, second]) => first !== second) > 0,
      again: count(several, ([first, second]) => first === second) > 0,
      noPhone: valuesOf('RgAtTel0000').length < 360,
      everyName: valuesOf('RgAtNom0000').length,
      oddName: count(valuesOf('RgAtNom0000'), name => /\?$|^[A-Z]+$|^[a-z]+$/.test(name)) > 10,
      sexes: new Set(valuesOf('RgAtSexe000')).size,
    }).toEqual({
      ...{ deleted: true, cancelled: true, planned: true, inBoth: true, again: true },
      ...{ noPhone: true, everyName: 400, oddName: true, sexes: 3 },
    });
  });
});
