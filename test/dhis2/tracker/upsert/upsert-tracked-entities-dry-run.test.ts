import { describe, expect, it } from 'vitest';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import type { RunningDhis2 } from '#sandbox/dhis2/index.js';
import {
  aBatch,
  aCase,
  aContact,
  aGhost,
  attributeIn,
  clinical,
  closeServers,
  exposure,
  labResult,
  living,
  programIn,
  type Ran,
  reportOf,
  startProgram,
  upsert,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

const BIRTH_DATE = 'NI0QRzJvQ0k';
const DRY = { dryRun: true };

/** The refused people with the reasons, and what DHIS2 replaces or warns about. */
const told = (ran: Ran) => {
  const { rejected = [], adjusted = [] } = reportOf(ran);
  const rows = [...rejected, ...adjusted].map(({ id, code, message }) => ({ id, code, message }));
  return rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
};

/** Everything that a server stores of Tracker. */
const contents = ({ store }: RunningDhis2) =>
  JSON.stringify(
    (['trackedEntities', 'enrollments', 'events', 'relationships'] as const).map(kind =>
      store.tracker.list(kind),
    ),
  );

/** Correct people, and one person for each way in which DHIS2 refuses or replaces something. */
const mixed = (): MappedTrackedEntityBatch =>
  aBatch(
    [
      aCase('good', { events: [clinical({ [WHO.fever]: 'YES' }), labResult('lab')] }),
      aCase('born', { attributes: { [BIRTH_DATE]: '1990-06-01' } }),
      aCase('old', { attributes: { [WHO.age]: '140' } }),
      aCase('aged', { attributes: { [WHO.age]: '110' } }),
      aCase('long', { attributes: { [WHO.localId]: 'not a number' } }),
      aCase('wrong', { events: [clinical({ [WHO.fever]: 'MAYBE' })] }),
      aContact('friend'),
    ],
    [exposure('x', 'good', 'friend'), exposure('y', 'long', 'friend')],
  );

const seed = (
  one: Parameters<NonNullable<Parameters<typeof startProgram>[0]>['seed'] & object>[0],
) => {
  attributeIn(one, WHO.localId).valueType = 'NUMBER';
};

describe('a dry run', () => {
  it.each(['2.40', '2.42', '2.43', '2.44'])(
    'reports what the real run then refuses, replaces and warns about, on DHIS2 %s',
    async version => {
      const server = await startProgram({ version, seed });

      const dry = await upsert(server, mixed(), {}, DRY);
      const again = await upsert(server, mixed(), {}, DRY);
      const real = await upsert(server, mixed());

      expect(told(dry).map(({ id, code }) => `${id} ${code}`)).toEqual(
        expect.arrayContaining(['born E1310', 'old E1300', 'aged E1300', 'wrong E1125']),
      );
      expect(told(again)).toEqual(told(dry));
      expect(told(real)).toEqual(told(dry));
      const { created, updated, rejectedCount } = reportOf(dry);
      expect(reportOf(real)).toMatchObject({ created, updated, rejectedCount });
    },
  );

  it('stores nothing, and reports how many requests it made and what it could not ask', async () => {
    const server = await startProgram({ seed });
    const before = contents(server);

    const ran = await upsert(server, mixed(), {}, DRY);

    expect(contents(server)).toBe(before);
    expect(server.requests.writes()).toBe(0);
    expect(reportOf(ran).validated).toEqual({ requests: 1, notAsked: 2 });
  });

  it('finds nothing wrong with a correct batch, including the mandatory numbers that DHIS2 generates', async () => {
    const server = await startProgram({
      seed: one => {
        const { programTrackedEntityAttributes: parts } = programIn(one, WHO.cases);
        parts.find(part => part.trackedEntityAttribute.id === WHO.systemId)!.mandatory = true;
      },
    });
    const batch = aBatch([aCase('a'), aCase('b')], [exposure('x', 'a', 'b')]);

    const ran = await upsert(server, batch, {}, DRY);

    expect(told(ran)).toEqual([]);
    expect(reportOf(ran)).toMatchObject({ created: 5, validated: { requests: 1, notAsked: 1 } });
    expect(server.requests.byRoute()).not.toHaveProperty(
      'GET /api/trackedEntityAttributes/{id}/generateAndReserve',
    );
  });

  it('keeps a person whole in one request, however small they are', async () => {
    const server = await startProgram();
    const people = ['a', 'b', 'c'].map(id => aCase(id, { events: [labResult(`lab-${id}`)] }));

    const ran = await upsert(server, aBatch(people), { chunkSize: 1 }, DRY);

    expect(told(ran)).toEqual([]);
    expect(reportOf(ran).validated).toEqual({ requests: 3, notAsked: 0 });
  });

  it('asks about relationships and deletions of existing people', async () => {
    const server = await startProgram();
    await upsert(
      server,
      aBatch([aCase('a'), aCase('b'), aCase('c', { events: [labResult('l')] })]),
    );
    const batch = aBatch([aCase('a'), aCase('b'), aGhost('c')], [exposure('x', 'a', 'b')], {
      whenDeleted: 'delete',
    });

    const dry = await upsert(server, batch, {}, DRY);
    expect(living(server, 'trackedEntities')).toHaveLength(3);
    const real = await upsert(server, batch);

    // The account may not delete an enrollment that has events.
    expect(told(dry).map(({ id, code }) => `${id} ${code}`)).toContain('c E1103');
    expect(told(dry)).toEqual(told(real));
    expect(reportOf(dry).validated!.requests).toBe(2);
  });

  it.each(['2.40', '2.41', '2.42'])(
    'creates no relationship that was deleted in DHIS2 %s, like the real run',
    async version => {
      const server = await startProgram({ version });
      const batch = () => aBatch([aCase('a'), aContact('b')], [exposure('x', 'a', 'b')]);
      await upsert(server, batch());
      const [relationship] = living(server, 'relationships');
      server.store.tracker.delete('relationships', relationship!.relationship);

      const dry = await upsert(server, batch(), {}, DRY);
      const real = await upsert(server, batch());

      expect(told(real)).toMatchObject([{ id: 'x', code: 'DELETED_IN_DHIS2' }]);
      expect(told(dry)).toEqual(told(real));
      const { created, updated, unchanged } = reportOf(real);
      expect(reportOf(dry)).toMatchObject({ created, updated, unchanged });
    },
  );

  it('asks nothing if that is switched off, by the option or in the state', async () => {
    const server = await startProgram({ seed });

    const byOption = await upsert(server, mixed(), { validateInDryRun: false }, DRY);
    const byState = await upsert(server, mixed(), {}, { ...DRY, validateInDryRun: false });

    for (const ran of [byOption, byState]) {
      expect(told(ran)).toEqual([]);
      expect(reportOf(ran).validated).toBeUndefined();
    }
    expect(server.requests.byRoute()).not.toHaveProperty('POST /api/tracker');
  });

  it('asks nothing if nothing would be sent', async () => {
    const server = await startProgram();
    await upsert(server, aBatch([aCase('a')]));
    server.requests.reset();

    const ran = await upsert(server, aBatch([aCase('a')]), {}, DRY);

    expect(reportOf(ran).validated).toBeUndefined();
    expect(server.requests.byRoute()).not.toHaveProperty('POST /api/tracker');
  });
});
