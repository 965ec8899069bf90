import { describe, expect, it } from 'vitest';
import { readCondition, sourcesOf } from '#dhis2/tracker/rules/read-expression.js';
import {
  aBatch,
  aCase,
  attributesOf,
  clinical,
  closeServers,
  living,
  reportOf,
  stageIn,
  startProgram,
  teOf,
  upsert,
  VERSIONS,
  valuesOf,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const BIRTH_DATE = 'NI0QRzJvQ0k';
/** Assigned from the onset, or otherwise from the day of enrollment. */
const CASE_DATE = 'PFXeJV8d7ja';

const born = (more: Record<string, string> = {}) => ({
  attributes: { [BIRTH_DATE]: '1990-06-01', ...more },
});

describe('values that program rules of DHIS2 compute', () => {
  it('are a problem if a mapping gives them together with their source; the message names the rule', async () => {
    const server = await startProgram();

    const refused = upsert(
      server,
      aBatch([aCase('a', born({ [WHO.age]: '36' }))]),
      {},
      { dryRun: true },
    );

    await expect(refused).rejects.toMatchObject({
      code: 'BAD_MAPPING',
      details: {
        problems: [
          {
            code: 'ASSIGNED_BY_RULE',
            message: expect.stringMatching(
              /"Patinfo ageonset" \(Rv8WM2mTuS5\) .* "Calculate the age from the date of birth" \([A-Za-z0-9]{11}\)/,
            ),
          },
        ],
      },
    });
    expect(living(server, 'trackedEntities')).toEqual([]);
  });

  it.each(['2.41', '2.42', '2.43'])(
    'are named with their source, which is omitted, if DHIS2 %s refuses what a rule computes from a date of birth in the future',
    async version => {
      const server = await startProgram({ version });

      const ran = await upsert(
        server,
        aBatch([aCase('a', { attributes: { [BIRTH_DATE]: '2030-06-01' } })]),
      );

      expect(reportOf(ran).rejected).toBeUndefined();
      expect(reportOf(ran).adjusted).toMatchObject([
        { id: 'a', code: 'E1007', message: expect.stringContaining('Patinfo ageonset, ') },
      ]);
      expect(attributesOf(server, teOf('a'))).not.toHaveProperty(BIRTH_DATE);
      expect(living(server, 'enrollments')).toHaveLength(1);
    },
  );

  it('are written if their source is not given', async () => {
    const server = await startProgram();

    await upsert(server, aBatch([aCase('a', { attributes: { [WHO.age]: '30' } })]));

    expect(attributesOf(server, teOf('a'))[WHO.age]).toBe('30');
  });

  it('are omitted, and counted, if DHIS2 has the source', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('a', born())]));
    const person = aCase('a', { attributes: { [WHO.age]: '12', [WHO.phone]: '5550100' } });

    const ran = await upsert(server, aBatch([person]));
    const again = await upsert(server, aBatch([person]));

    expect(reportOf(ran)).toMatchObject({
      updated: 1,
      leftOut: [{ reason: 'assigned-by-rule', subject: WHO.age, count: 1 }],
    });
    expect(reportOf(ran).rejectedCount ?? 0).toBe(0);
    expect(attributesOf(server, teOf('a'))).toMatchObject({
      [WHO.age]: '36',
      [WHO.phone]: '5550100',
    });
    expect(reportOf(again)).toMatchObject({ created: 0, updated: 0 });
  });

  it.each(VERSIONS)(
    'come from Go.Data when their source is removed there, by two imports of one run: on DHIS2 %s',
    async version => {
      const server = await startProgram({ version });
      await upsert(server, aBatch([aCase('a', born()), aCase('b', born())]));
      const aged = (id: string) =>
        aCase(id, { attributes: { [BIRTH_DATE]: null, [WHO.age]: '12' } });

      const ran = await upsert(server, aBatch([aged('a'), aCase('b', born())]));

      expect(reportOf(ran).rejected).toBeUndefined();
      expect(reportOf(ran).leftOut ?? []).toEqual([]);
      expect(attributesOf(server, teOf('a'))[WHO.age]).toBe('12');
      expect(attributesOf(server, teOf('a'))[BIRTH_DATE]).toBeUndefined();
      expect(attributesOf(server, teOf('b'))[WHO.age]).toBe('36');
      server.requests.reset();
      const again = await upsert(server, aBatch([aged('a'), aCase('b', born())]));
      expect(reportOf(again)).toMatchObject({ created: 0, updated: 0 });
      expect(server.requests.writes()).toBe(0);
    },
  );

  it('of an event belong to DHIS2 only when its rules apply: when it is completed', async () => {
    const server = await startProgram();
    const given = (status: string) =>
      aBatch([
        aCase('a', {
          events: [clinical({ [WHO.onset]: '2026-08-09', [CASE_DATE]: '2026-08-01' }, { status })],
        }),
      ]);
    const dated = () => valuesOf(server, living(server, 'events')[0]!.event)[CASE_DATE];

    await upsert(server, given('ACTIVE'));
    expect(dated()).toBe('2026-08-01');
    await expect(upsert(server, given('COMPLETED'))).rejects.toMatchObject({
      details: { problems: [{ code: 'ASSIGNED_BY_RULE' }] },
    });
  });

  it('of an event are omitted if the event in DHIS2 is completed', async () => {
    const server = await startProgram();
    const onset = clinical({ [WHO.onset]: '2026-08-09' }, { status: 'COMPLETED' });
    await upsert(server, aBatch([aCase('a', { events: [onset] })]));
    const [event] = living(server, 'events');
    expect(valuesOf(server, event!.event)[CASE_DATE]).toBe('2026-08-09');

    const ran = await upsert(
      server,
      aBatch([aCase('a', { events: [clinical({ [CASE_DATE]: '2026-08-01' })] })]),
    );

    expect(reportOf(ran).rejectedCount ?? 0).toBe(0);
    expect(valuesOf(server, event!.event)[CASE_DATE]).toBe('2026-08-09');
  });

  it('of a stage that is always validated belong to DHIS2 in open events too', async () => {
    const server = await startProgram({
      seed: seed => {
        stageIn(seed, WHO.clinical).validationStrategy = 'ON_UPDATE_AND_INSERT';
      },
    });
    const open = clinical({ [WHO.onset]: '2026-08-09', [CASE_DATE]: '2026-08-01' });

    await expect(upsert(server, aBatch([aCase('a', { events: [open] })]))).rejects.toMatchObject({
      details: { problems: [{ code: 'ASSIGNED_BY_RULE' }] },
    });
  });

  it("are reported with what DHIS2 replaces and warns about, by code and id, without the rule's text", async () => {
    const server = await startProgram();

    const ran = await upsert(
      server,
      aBatch([aCase('a', born()), aCase('b', { attributes: { [WHO.age]: '110' } })]),
    );

    const { adjusted = [] } = reportOf(ran);
    expect(adjusted.map(({ id, code }) => [id, code])).toEqual([
      ['a', 'E1310'],
      ['b', 'E1300'],
    ]);
    expect(JSON.stringify(reportOf(ran))).not.toContain('above 100');
  });

  it('are read with one request, however many people there are', async () => {
    const server = await startProgram();

    await upsert(server, aBatch([aCase('a'), aCase('b')]));

    expect(server.requests.byRoute()).toMatchObject({ 'GET /api/programRules': 1 });
  });
});

describe('expressions of rules', () => {
  const fields: Record<string, string> = { dob: 'FieldBirth1', onset: 'FieldOnset1' };
  const fieldOf = (name: string) => fields[name];

  it.each([
    ['d2:yearsBetween(A{dob}, V{current_date})', ['FieldBirth1']],
    ["d2:addDays(#{onset}, 3) + d2:count('onset')", ['FieldOnset1']],
    ["d2:concatenate('dob: ', A{dob})", ['FieldBirth1']],
    ['V{enrollment_date}', []],
    ["'fixed'", []],
    ['#{calculated}', [undefined]],
  ])('%s reads %j', (expression, sources) => {
    expect(sourcesOf(expression, fieldOf)).toEqual(sources);
  });

  it.each([
    ['true', []],
    ['d2:hasValue(A{dob})', [{ field: 'FieldBirth1', isThere: true }]],
    [
      "d2:hasValue('dob') && !d2:hasValue(#{onset})",
      [
        { field: 'FieldBirth1', isThere: true },
        { field: 'FieldOnset1', isThere: false },
      ],
    ],
    ["#{onset} == ''", [{ field: 'FieldOnset1', isThere: false }]],
    ["A{dob} != ''", [{ field: 'FieldBirth1', isThere: true }]],
    ['#{onset} > 3', undefined],
    ['d2:hasValue(A{dob}) || true', undefined],
  ])('%s holds when %j', (condition, terms) => {
    expect(readCondition(condition, fieldOf)).toEqual(terms);
  });
});
