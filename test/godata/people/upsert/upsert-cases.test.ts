import { afterEach, describe, expect, it } from 'vitest';
import type { RunningGoData } from '#sandbox/godata/index.js';
import {
  aBatch,
  aPerson,
  DISTRICT_A,
  DISTRICT_B,
  OUTBREAK,
  ref,
  startPeopleServer,
  upsertPeopleBatch,
} from '#test/support/people.js';

const open: RunningGoData[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()));
});
const start = async (options?: Parameters<typeof startPeopleServer>[0]) => {
  const server = await startPeopleServer(options);
  open.push(server);
  return server;
};

const uid = (n: number) => `Person${String(n).padStart(5, '0')}`;
const people = ({ store }: RunningGoData) => store.people.all().filter(one => !one.deleted);
const one = ({ store }: RunningGoData, id: string) =>
  store.people.get(id) as Record<string, unknown>;
const exposure = (key: string, source: string, target: string, fields = {}) => ({
  key,
  source,
  target,
  origin: { id: key, type: 'RelatType01', from: target, to: source },
  fields: {
    contactDate: '2026-03-02',
    certaintyLevelId: ref('CERTAINTY_LEVEL', '3_HIGH'),
    ...fields,
  },
});

describe('people of a batch', () => {
  it('are created with their related records, and nothing is written the second time', async () => {
    const server = await start();
    const batch = aBatch(
      [
        aPerson(
          uid(1),
          {
            questionnaireAnswers: { fever: [{ value: 'YES' }] },
            dateRanges: [
              {
                typeId: ref('PERSON_DATE_TYPE', 'HOSPITALIZATION'),
                startDate: '2026-03-03',
                comments: 'DHIS2 EventId0001',
              },
            ],
            vaccinesReceived: [
              { vaccine: ref('VACCINE', 'MEASLES'), status: ref('VACCINE_STATUS', 'VACCINATED') },
            ],
          },
          {
            labResults: [
              {
                key: 'EventId0002',
                fields: {
                  dateSampleTaken: '2026-03-04',
                  result: ref('LAB_TEST_RESULT', 'POSITIVE'),
                },
              },
            ],
          },
        ),
        aPerson(uid(2)),
        aPerson(uid(3), { classification: undefined }, { kind: 'contact' }),
      ],
      [exposure('RelatId0001', uid(1), uid(3)), exposure('RelatId0002', uid(1), uid(2))],
    );
    const first = await upsertPeopleBatch(server, batch);
    expect(first.report['upsert-cases']).toMatchObject({
      read: 3,
      created: 6,
    });
    expect(one(server, uid(1))).toMatchObject({
      firstName: `Secretname${uid(1)}`,
      dateOfReporting: '2026-03-01T00:00:00.000Z',
      questionnaireAnswers: { fever: [{ value: 'YES' }] },
    });
    const relationships = server.store.relationships.list();
    expect(
      relationships
        .map(({ persons, comment }) => [
          persons.find(({ source }) => source)?.id,
          persons.find(({ target }) => target)?.id,
          comment,
        ])
        .sort(),
    ).toEqual([
      [uid(1), uid(2), `DHIS2 RelatId0002 of ${uid(2)}`],
      [uid(1), uid(3), `DHIS2 RelatId0001 of ${uid(3)}`],
    ]);
    expect(server.store.labResults.list()).toMatchObject([
      { personId: uid(1), notes: 'DHIS2 EventId0002' },
    ]);
    server.requests.reset();
    const second = await upsertPeopleBatch(server, batch);
    expect(second.report['upsert-cases']).toMatchObject({ created: 0, updated: 0, unchanged: 6 });
    expect(server.requests.writes()).toBe(0);
  });

  it('are written to the chosen outbreak, and the former one is active again, also after a failure', async () => {
    const server = await start();
    await upsertPeopleBatch(server, aBatch([aPerson(uid(1))]));
    expect(server.store.users.get('user-1')).toMatchObject({ activeOutbreakId: 'former-outbreak' });
    server.faults.add({
      kind: 'status',
      status: 403,
      route: 'POST /api/outbreaks/{id}/cases',
      body: { error: { statusCode: 403 } },
      times: 9,
    });
    await expect(upsertPeopleBatch(server, aBatch([aPerson(uid(2))]))).rejects.toThrow();
    expect(server.store.users.get('user-1')).toMatchObject({ activeOutbreakId: 'former-outbreak' });
  });

  it('keep what users added in Go.Data, and lose what DHIS2 has removed', async () => {
    const server = await start();
    const type = (value: string) => ref('DOCUMENT_TYPE', value);
    const before = aPerson(uid(1), {
      lastName: 'Secretsurname',
      dateRanges: [
        {
          typeId: ref('PERSON_DATE_TYPE', 'ISOLATION'),
          startDate: '2026-03-03',
          comments: 'DHIS2 EventId0001',
        },
      ],
      questionnaireAnswers: { fever: [{ value: 'YES' }] },
    });
    await upsertPeopleBatch(server, aBatch([before]));
    const stored = one(server, uid(1));
    server.store.people.update(uid(1), {
      occupation: 'by hand',
      addresses: [
        ...(stored.addresses as object[]).map(address => ({ ...address, city: 'by hand' })),
        { typeId: ref('ADDRESS_TYPE', 'OTHER'), city: 'by hand' },
      ],
      documents: [...(stored.documents as object[]), { type: type('PASSPORT'), number: 'by hand' }],
      dateRanges: [
        ...(stored.dateRanges as object[]),
        { typeId: ref('PERSON_DATE_TYPE', 'HOSPITALIZATION'), comments: 'by hand' },
      ],
      questionnaireAnswers: {
        ...(stored.questionnaireAnswers as object),
        other: [{ value: 'by hand' }],
      },
    });
    const after = aPerson(uid(1), {
      lastName: null,
      dateRanges: [],
      questionnaireAnswers: { fever: null, cough: [{ value: 'NO' }] },
    });
    await upsertPeopleBatch(server, aBatch([after]));
    expect(one(server, uid(1))).toMatchObject({
      lastName: null,
      occupation: 'by hand',
      addresses: [{ locationId: DISTRICT_A, city: 'by hand' }, { city: 'by hand' }],
      documents: [{ number: uid(1) }, { number: 'by hand' }],
      dateRanges: [{ comments: 'by hand' }],
      questionnaireAnswers: { other: [{ value: 'by hand' }], cough: [{ value: 'NO' }] },
    });
  });

  it("keep what users answered about DHIS2's lab results", async () => {
    const server = await start();
    const key = 'LabEvent001';
    const tested = (answer: string) =>
      aBatch([
        aPerson(
          uid(1),
          {},
          {
            labResults: [{ key, fields: { questionnaireAnswers: { state: [{ value: answer }] } } }],
          },
        ),
      ]);
    await upsertPeopleBatch(server, tested('good'));
    const { id } = server.store.labResults.list()[0]!;
    const number = [{ value: 'by hand' }];
    const questionnaireAnswers = { state: [{ value: 'good' }], number };
    server.store.labResults.update(id, { questionnaireAnswers });
    const again = await upsertPeopleBatch(server, tested('good'));
    expect(again.report['upsert-cases']).toMatchObject({ updated: 0 });
    await upsertPeopleBatch(server, tested('bad'));
    expect(server.store.labResults.get(id)).toMatchObject({
      questionnaireAnswers: { state: [{ value: 'bad' }], number },
    });
  });

  it('are found by link, by document and by id, and one record never belongs to two people', async () => {
    const server = await start({
      seed: {
        people: ['linked', 'documented'].map(id => ({
          id,
          outbreakId: 'test-outbreak',
          type: ref('PERSON_TYPE', 'CASE'),
          firstName: 'By hand',
          documents:
            id === 'documented'
              ? [{ type: ref('DOCUMENT_TYPE', 'EXTERNAL_ID'), number: uid(2) }]
              : [],
        })),
      },
    });
    const { report, cursor } = await upsertPeopleBatch(
      server,
      aBatch([
        aPerson(uid(1), {}, { link: 'linked' }),
        aPerson(uid(2)),
        aPerson(uid(3), {}, { link: 'linked' }),
        aPerson(uid(4)),
      ]),
    );
    expect(report['upsert-cases']).toMatchObject({
      created: 1,
      updated: 2,
      rejected: [{ id: uid(3), code: 'DUPLICATE_PERSON' }],
    });
    expect(
      people(server)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([uid(4), 'documented', 'linked']);
    expect(cursor).toEqual({ retry: [uid(3)] });
  });
});

describe('an invalid record', () => {
  it('is reported with its id and code, and the others are written', async () => {
    const server = await start({ version: '2.48' });
    const batch = aBatch(
      Array.from({ length: 30 }, (_, n) =>
        aPerson(
          uid(n),
          n === 7 ? { firstName: null } : {},
          n === 9 ? { orgUnit: 'NowhereOu01' } : {},
        ),
      ),
    );
    const first = await upsertPeopleBatch(server, batch);
    expect(
      first.report['upsert-cases']!.rejected!.map(({ id, code }) => [id, code]).sort(),
    ).toEqual([
      [uid(7), 'VALIDATION_FAILED'],
      [uid(9), 'UNKNOWN_LOCATION'],
    ]);
    expect(people(server)).toHaveLength(28);
    expect((first.cursor as { retry: string[] }).retry.sort()).toEqual([uid(7), uid(9)]);
    const corrected = aBatch([aPerson(uid(7)), aPerson(uid(9))]);
    const second = await upsertPeopleBatch(server, corrected);
    expect(second.report['upsert-cases']).toMatchObject({ created: 2 });
    expect(people(server)).toHaveLength(30);
  });

  it('is written without a code that Go.Data does not have, and the code is counted', async () => {
    const server = await start();
    const { report } = await upsertPeopleBatch(
      server,
      aBatch([
        aPerson(uid(1), { gender: ref('GENDER', 'OTHER') }),
        aPerson(uid(2), { gender: ref('GENDER', 'OTHER') }),
      ]),
    );
    expect(report['upsert-cases']!.leftOut).toEqual([
      { reason: 'unknown-reference', subject: `gender=${ref('GENDER', 'OTHER')}`, count: 2 },
    ]);
    expect(one(server, uid(1)).gender ?? null).toBeNull();
  });

  it('among changes does not affect the others', async () => {
    const server = await start();
    await upsertPeopleBatch(server, aBatch([aPerson(uid(1)), aPerson(uid(2))]));
    const { report, data } = await upsertPeopleBatch(
      server,
      aBatch([
        aPerson(uid(1), { dateOfOnset: 'no day' }),
        aPerson(uid(2), { dateOfOnset: '2026-02-02' }),
      ]),
    );
    expect(report['upsert-cases']).toMatchObject({ updated: 1, rejected: [{ id: uid(1) }] });
    // Only records that Go.Data confirmed count as created.
    expect(data.plan).toMatchObject({
      total: 1,
      refused: 1,
      rows: [[OUTBREAK, 'case', uid(2), 'update', 'dateOfOnset']],
    });
    expect(one(server, uid(2)).dateOfOnset).toBe('2026-02-02T00:00:00.000Z');
  });
});

describe('relationships', () => {
  it('are linked to an existing relationship that users made', async () => {
    const server = await start();
    await upsertPeopleBatch(
      server,
      aBatch(
        [aPerson(uid(1)), aPerson(uid(2), {}, { kind: 'contact' })],
        [exposure('RelatId0001', uid(1), uid(2))],
      ),
    );
    const [made] = server.store.relationships.list();
    server.store.relationships.update(made!.id, { comment: 'by hand' });
    await upsertPeopleBatch(
      server,
      aBatch(
        [aPerson(uid(1)), aPerson(uid(2), {}, { kind: 'contact' })],
        [exposure('RelatId0001', uid(1), uid(2))],
      ),
    );
    expect(server.store.relationships.list().map(({ comment }) => comment)).toEqual([
      `by hand (DHIS2 RelatId0001 of ${uid(2)})`,
    ]);
  });

  it('are deleted when their owner no longer has them, except the last exposure of a contact', async () => {
    const server = await start();
    const persons = [aPerson(uid(1)), aPerson(uid(2)), aPerson(uid(3), {}, { kind: 'contact' })];
    await upsertPeopleBatch(
      server,
      aBatch(persons, [
        exposure('RelatId0001', uid(1), uid(2)),
        exposure('RelatId0002', uid(1), uid(3)),
        exposure('RelatId0003', uid(2), uid(3)),
      ]),
    );
    const { report } = await upsertPeopleBatch(
      server,
      aBatch([persons[2]!], [exposure('RelatId0003', uid(2), uid(3))]),
    );
    expect(report['upsert-cases']).toMatchObject({ deleted: 1 });
    expect(
      server.store.relationships
        .list()
        .map(({ comment }) => String(comment).slice(6, 17))
        .sort(),
    ).toEqual(['RelatId0001', 'RelatId0003']);
  });

  it('are created in part when one person is not in the batch, and completed by the next run', async () => {
    const server = await start();
    const [source, target] = [aPerson(uid(1)), aPerson(uid(2))];
    await upsertPeopleBatch(server, aBatch([target]));
    const part = exposure('RelatId0001', uid(1), uid(2));
    const first = await upsertPeopleBatch(server, aBatch([source], [{ ...part, partial: true }]));
    expect(first).toMatchObject({ more: true, cursor: { retry: [uid(2)] } });
    const whole = exposure('RelatId0001', uid(1), uid(2), { contactDate: '2026-03-09' });
    const batch = aBatch([target], [{ ...whole, partial: true }]);
    const second = await upsertPeopleBatch(server, batch);
    expect(second).toMatchObject({ more: false, cursor: {} });
    expect(server.store.relationships.list()).toMatchObject([
      { contactDate: '2026-03-09T00:00:00.000Z' },
    ]);
    server.requests.reset();
    // When the target is not in the batch, its fields stay.
    await upsertPeopleBatch(server, aBatch([source], [{ ...part, partial: true }]));
    expect(server.requests.writes()).toBe(0);
  });

  it('are not created between contacts, also when one of them is not in the batch', async () => {
    const server = await start();
    const [one, other] = [1, 2].map(n => aPerson(uid(n), {}, { kind: 'contact' }));
    await upsertPeopleBatch(server, aBatch([one!]));
    const guess = exposure('RelatId0001', uid(1), uid(2));
    const { report } = await upsertPeopleBatch(server, aBatch([other!], [guess]));
    expect(report['upsert-cases']!.leftOut).toEqual([
      { reason: 'between-contacts', subject: '', count: 1 },
    ]);
    expect(server.store.relationships.list()).toEqual([]);
  });

  it('wait for a person who does not exist yet', async () => {
    const server = await start();
    const contact = aPerson(uid(2), {}, { kind: 'contact' });
    const first = await upsertPeopleBatch(
      server,
      aBatch([contact], [exposure('RelatId0001', uid(1), uid(2))]),
    );
    expect(first.report['upsert-cases']!.leftOut).toEqual([
      { reason: 'waiting-for-other-person', subject: '', count: 1, isCurrent: true },
    ]);
    const next = first.cursor as object;
    expect(next).toEqual({
      // Both are read again once: DHIS2 may know them by a note that this batch did not have.
      retry: [uid(1), uid(2)],
      waiting: `RelatId0001 RelatType01 ${uid(2)} ${uid(1)} -`,
    });
    const again = [exposure('RelatId0001', uid(1), uid(2))];
    const second = await upsertPeopleBatch(server, aBatch([aPerson(uid(1))], again, { next }));
    expect(server.store.relationships.list()).toHaveLength(1);
    const { retry: _retry, ...cursor } = second.cursor as { retry?: string[] };
    expect(cursor).toEqual({});
  });
});

describe('a person deleted in DHIS2', () => {
  const tombstone = aPerson(uid(1), {}, { deleted: true });
  const begin = async () => {
    const server = await start();
    const persons = [aPerson(uid(1)), aPerson(uid(2), {}, { kind: 'contact' })];
    await upsertPeopleBatch(server, aBatch(persons, [exposure('RelatId0001', uid(1), uid(2))]));
    return server;
  };

  it('is deleted without a contact who was not deleted', async () => {
    const server = await begin();
    const { report } = await upsertPeopleBatch(server, aBatch([tombstone]));
    expect(report['upsert-cases']).toMatchObject({ deleted: 1 });
    expect(people(server).map(({ id }) => id)).toEqual([uid(2)]);
  });

  it('is left or marked, as the mapping defines', async () => {
    const server = await begin();
    await upsertPeopleBatch(server, aBatch([tombstone], [], { whenDeleted: 'leave' }));
    expect(people(server)).toHaveLength(2);
    const fields = { riskReason: 'Deleted in DHIS2' };
    await upsertPeopleBatch(server, aBatch([tombstone], [], { whenDeleted: { fields } }));
    expect(one(server, uid(1)).riskReason).toBe('Deleted in DHIS2');
    server.requests.reset();
    await upsertPeopleBatch(server, aBatch([tombstone], [], { whenDeleted: { fields } }));
    expect(server.requests.writes()).toBe(0);
  });
});

describe('visual ids', () => {
  it('are assigned one after another, each once', async () => {
    const server = await start({ mask: 'CASE-9999' });
    const batch = aBatch(Array.from({ length: 40 }, (_, n) => aPerson(uid(n))));
    await upsertPeopleBatch(server, batch);
    const ids = people(server).map(({ visualId }) => visualId);
    expect(new Set(ids).size).toBe(40);
    expect(ids.sort()[0]).toBe('CASE-0001');
    server.requests.reset();
    await upsertPeopleBatch(server, batch);
    expect(server.requests.writes()).toBe(0);
  });
});

describe('outbreaks', () => {
  it('are created by name, once, with everything that Go.Data requires', async () => {
    const server = await start();
    const outbreak = {
      name: 'New outbreak',
      create: true,
      parameters: { disease: 'LNG_REFERENCE_DATA_CATEGORY_DISEASE_CHOLERA', periodOfFollowup: 21 },
    };
    await upsertPeopleBatch(server, aBatch([aPerson(uid(1))]), { outbreak });
    await upsertPeopleBatch(server, aBatch([aPerson(uid(2))]), { outbreak });
    const made = server.store.outbreaks.list().filter(({ name }) => name === 'New outbreak');
    expect(made).toMatchObject([{ periodOfFollowup: 21, startDate: '2026-03-01T00:00:00.000Z' }]);
    expect(server.store.people.list(made[0]!.id, ref('PERSON_TYPE', 'CASE'))).toHaveLength(2);
  });

  it('are created for each org unit of a level or with cases, and contacts are written to the nearest', async () => {
    const server = await start();
    const batch = aBatch([
      aPerson(uid(1)),
      aPerson(uid(2), {}, { orgUnit: DISTRICT_B }),
      aPerson(uid(3), {}, { kind: 'contact', orgUnit: DISTRICT_B }),
    ]);
    await upsertPeopleBatch(server, batch, { outbreak: { each: { level: 2 }, create: true } });
    const byName = Object.fromEntries(
      server.store.outbreaks.list().map(({ id, name }) => [
        String(name),
        people(server)
          .filter(({ outbreakId }) => outbreakId === id)
          .map(one => one.id),
      ]),
    );
    expect(byName).toMatchObject({ 'District A': [uid(1)], 'District B': [uid(2), uid(3)] });
    server.requests.reset();
    await upsertPeopleBatch(server, batch, { outbreak: { each: { level: 2 }, create: true } });
    await upsertPeopleBatch(server, batch, { outbreak: { each: 'org-unit-with-cases' } });
    expect(server.requests.writes()).toBe(0);
  });

  it('are told first, in a dry run and when they are created', async () => {
    const server = await start();
    const batch = aBatch([aPerson(uid(1))]);
    const outbreak = (parameters: Record<string, unknown>) => ({
      name: 'Cholera 2027',
      create: true,
      parameters,
    });
    const headlinesOf = async (parameters: Record<string, unknown>, state = {}) =>
      (await upsertPeopleBatch(server, batch, { outbreak: outbreak(parameters) }, state)).report![
        'upsert-cases'
      ]!.headlines;
    const disease = 'LNG_REFERENCE_DATA_CATEGORY_DISEASE_CHOLERA';
    expect(await headlinesOf({ disease }, { dryRun: true })).toEqual([
      'would create the outbreak "Cholera 2027" of disease CHOLERA',
    ]);
    expect(await headlinesOf({}, { dryRun: true })).toEqual([
      'would create the outbreak "Cholera 2027" without a disease',
    ]);
    expect(server.requests.writes()).toBe(0);
    expect(await headlinesOf({ disease })).toEqual([
      'created the outbreak "Cholera 2027" of disease CHOLERA',
    ]);
    expect(await headlinesOf({ disease })).toBeUndefined();
  });

  it.each([
    [{ create: { periodOfFollowup: 14 } }, /outbreak\.create: must be true or false/],
    [{ create: 'yes' }, /outbreak\.create: must be true or false/],
    [{ parameters: 'x' }, /outbreak\.parameters: must be an object/],
    [{ creat: true }, /creat is not known/],
  ])('are refused with the options %j', async (options, message) => {
    const server = await start();
    const outbreak = { name: 'X', ...options } as unknown as { name: string };
    await expect(
      upsertPeopleBatch(server, aBatch([aPerson(uid(1))]), { outbreak }),
    ).rejects.toMatchObject({ code: 'BAD_OPTION', message: expect.stringMatching(message) });
  });

  it('that are unknown stop the run before anything is written', async () => {
    const server = await start();
    await expect(
      upsertPeopleBatch(server, aBatch([aPerson(uid(1))]), { outbreak: { name: 'Nowhere' } }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_OUTBREAK' });
    const parameters = { disease: 'LNG_REFERENCE_DATA_CATEGORY_DISEASE_CHOLERA' };
    await expect(
      upsertPeopleBatch(server, aBatch([aPerson(uid(1))]), {
        outbreak: { name: 'Formr outbreak', create: false, parameters },
      }),
    ).rejects.toMatchObject({
      code: 'UNKNOWN_OUTBREAK',
      kind: 'configuration',
      message: expect.stringContaining('"Formr outbreak"'),
      fix: expect.stringMatching(
        /"Former outbreak" \(former-outbreak\), "Test outbreak" \(test-outbreak\)\. .*`create: true`/,
      ),
    });
    await expect(
      upsertPeopleBatch(server, aBatch([aPerson(uid(1))]), { outbreak: { each: { level: 2 } } }),
    ).rejects.toMatchObject({
      code: 'UNKNOWN_OUTBREAK',
      message: expect.stringContaining(
        'location of 1 org unit with cases: District A (DistrictA01).',
      ),
      fix: expect.stringMatching(/"Test outbreak" \(test-outbreak\), .*`create: true`/),
    });
    await expect(
      upsertPeopleBatch(server, aBatch([aPerson(uid(1))]), {
        outbreak: { name: 'X', create: true, parameters: { periodOfFolowup: 1 } },
      }),
    ).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(server.requests.writes()).toBe(0);
  });

  it.each([
    { startDate: '2026' },
    { startDate: '2026-5-1' },
    { endDate: '2026-02-30' },
    { periodOfFollowup: '14' },
    { noDaysInChains: true },
    { isContactLabResultsActive: 'no' },
    { caseIdMask: 5 },
  ])('with a field whose value Go.Data would convert (%j) stop the run', async parameters => {
    const server = await start();
    await expect(
      upsertPeopleBatch(server, aBatch([aPerson(uid(1))]), {
        outbreak: { name: 'X', create: true, parameters },
      }),
    ).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining(`outbreak.parameters.${Object.keys(parameters)[0]}`),
    });
    expect(server.requests.writes()).toBe(0);
  });
});

describe('the last exposure of a contact', () => {
  const twoPeople = () => [aPerson(uid(1)), aPerson(uid(2), {}, { kind: 'contact' })];
  const left = ({ store }: RunningGoData) =>
    store.relationships.list().map(({ comment }) => comment);

  it('stays when DHIS2 no longer has it, and of two exposures the last one', async () => {
    const server = await start();
    const exposures = [
      exposure('Exposure001', uid(1), uid(2)),
      exposure('Exposure002', uid(1), uid(2)),
    ];
    await upsertPeopleBatch(server, aBatch(twoPeople(), [exposures[0]!]));
    const owned = { comment: `DHIS2 Exposure002 of ${uid(1)}` };
    const [first] = server.store.relationships.list();
    server.store.relationships.create({ ...first!, id: 'second', ...owned });
    server.requests.reset();
    const { report: reports, cursor } = await upsertPeopleBatch(server, aBatch(twoPeople()));
    const report = reports!['upsert-cases']!;
    expect(left(server)).toHaveLength(1);
    expect(report).toMatchObject({ deleted: 1, adjusted: [{ code: 'LAST_EXPOSURE_KEPT' }] });
    expect(report.rejected).toBeUndefined();
    expect(cursor?.retry).toBeUndefined();
    server.requests.reset();
    await upsertPeopleBatch(server, aBatch(twoPeople()));
    expect(server.requests.writes()).toBe(0);
  });

  it('is deleted when another one is created', async () => {
    const server = await start();
    const people = [...twoPeople(), aPerson(uid(3))];
    await upsertPeopleBatch(server, aBatch(people, [exposure('Exposure001', uid(1), uid(2))]));
    const { report: reports } = await upsertPeopleBatch(
      server,
      aBatch(people, [exposure('Exposure002', uid(3), uid(2))]),
    );
    const report = reports!['upsert-cases']!;
    expect(report).toMatchObject({ created: 1, deleted: 1 });
    expect(report.adjusted).toBeUndefined();
    expect(left(server)).toEqual([expect.stringContaining('Exposure002')]);
  });

  it('is deleted with a deleted contact', async () => {
    const server = await start();
    await upsertPeopleBatch(server, aBatch(twoPeople(), [exposure('Exposure001', uid(1), uid(2))]));
    const [patient] = twoPeople();
    const gone = aPerson(uid(2), {}, { kind: 'contact', deleted: true, fields: {} });
    const { report: reports } = await upsertPeopleBatch(
      server,
      aBatch([patient!, gone], [], { whenDeleted: 'delete' }),
    );
    const report = reports!['upsert-cases']!;
    expect(report).toMatchObject({ deleted: 1 });
    expect(report.rejected).toBeUndefined();
    expect(people(server)).toHaveLength(1);
    expect(left(server)).toEqual([]);
  });
});

it('needs at most two requests for a hundred new cases, and a constant number', async () => {
  const server = await start({ mask: 'CASE-99999' });
  const count = async (n: number) => {
    const batch = aBatch(Array.from({ length: n }, (_, i) => aPerson(uid(n * 10 + i))));
    server.requests.reset();
    await upsertPeopleBatch(server, batch);
    return server.requests.count();
  };
  const few = await count(100);
  const many = await count(2100);
  expect(many - few).toBeLessThanOrEqual(40);
});

it('shows in a dry run what it would do, by ids and names of fields, and writes nothing', async () => {
  const server = await start();
  const { data, cursor, report } = await upsertPeopleBatch(
    server,
    aBatch([aPerson(uid(1))], [], { next: { retry: ['x'] } }),
    {},
    { dryRun: true, cursor: { retry: ['y'] } },
  );
  expect(data.plan.rows).toEqual([[OUTBREAK, 'case', uid(1), 'create', null]]);
  expect(JSON.stringify({ data, report })).not.toContain('Secretname');
  expect(cursor).toEqual({ retry: ['y'] });
  expect(server.requests.writes()).toBe(0);
});
