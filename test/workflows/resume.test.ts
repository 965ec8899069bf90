import { spawn } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryJson } from '../support/command.js';
import { runOperations } from '../support/operations.js';
import { ACRE, aCase, BREN, CASE_TYPE, COLL, DALE, OUTBREAK } from '../support/outbreak.js';
import { runs, stops } from '../support/runs.js';
import { PROJECT, type Servers, startServers, valuesInWords } from '../support/workflow.js';

const open: Servers[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(servers => servers.close()));
});
const start = async (traits: Parameters<typeof startServers>[0]) => {
  const servers = await startServers(traits);
  open.push(servers);
  return servers;
};

/** From the k-th request on, a server refuses everything, as if the run had ended there. */
const refusingFrom = (k: number) => ({
  kind: 'status' as const,
  status: 418,
  body: { message: 'gone' },
  at: Array.from({ length: 100 }, (_, n) => k + n),
});

describe('a run that is stopped at any request', () => {
  const people = () => [
    ...Array.from({ length: 30 }, (_, n) =>
      aCase({
        id: `p${n}`,
        years: n % 8,
        location: n % 2 ? ACRE : COLL,
        date: `2026-03-${10 + (n % 15)}`,
      }),
    ),
  ];

  it.each(['2.42', '2.43'])(
    'ends, after a restart, where an undisturbed run ends (%s)',
    async version => {
      const undisturbed = await start({ version, people: people() });
      await runOperations(undisturbed, { upsert: { chunkSize: 5, complete: true } });
      const wanted = valuesInWords(undisturbed.dhis2);
      const requests = undisturbed.dhis2.requests.count();
      expect(requests).toBeGreaterThan(10);
      for (const k of stops(requests)) {
        const servers = await start({ version, people: people() });
        servers.dhis2.faults.add(refusingFrom(k));
        await expect(
          runOperations(servers, { upsert: { chunkSize: 5, complete: true } }),
        ).rejects.toThrow();
        servers.dhis2.faults.clear();
        await runOperations(servers, { upsert: { chunkSize: 5, complete: true } });
        expect(valuesInWords(servers.dhis2), `stopped at request ${k}`).toEqual(wanted);
        servers.dhis2.requests.reset();
        await runOperations(servers, { upsert: { chunkSize: 5, complete: true } });
        expect(servers.dhis2.requests.writes(), `after a stop at request ${k}`).toBe(0);
      }
    },
  );

  it('also when the process is killed while DHIS2 imports', async () => {
    const servers = await start({ people: people() });
    servers.dhis2.faults.add({
      kind: 'slow',
      delayMs: 3000,
      route: 'POST /api/dataValueSets',
      times: 1,
    });
    const credentials = temporaryJson('credentials.json', servers.credentials);
    const state = temporaryJson('state.json', { today: '2026-04-01' });
    const child = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--no-warnings',
        path.join(PROJECT, 'adaptors/runtime/dist/main.js'),
        'run',
        'cases-to-data-values',
        '--project',
        PROJECT,
        '--credentials',
        credentials,
        '--state',
        state,
      ],
      { stdio: 'ignore' },
    );
    await expect.poll(() => servers.dhis2.requests.writes(), { timeout: 30_000 }).toBe(1);
    child.kill('SIGKILL');
    const { exitStatus } = await servers.run();
    expect(exitStatus).toBe(0);
    const undisturbed = await start({ people: people() });
    await undisturbed.run();
    await expect.poll(() => valuesInWords(servers.dhis2)).toEqual(valuesInWords(undisturbed.dhis2));
  });
});

describe('lost connections and expired tokens', () => {
  it('cost only time and requests', async () => {
    const servers = await start({ people: Array.from({ length: 40 }, () => aCase()) });
    servers.goData.faults.add({
      kind: 'kill-token',
      route: 'GET /api/outbreaks/{id}/cases',
      at: 2,
    });
    servers.goData.faults.add({
      kind: 'cut',
      route: 'GET /api/outbreaks/{id}/cases',
      at: 4,
      when: 'during',
    });
    servers.goData.faults.add({ kind: 'truncate', route: 'GET /api/locations', at: 1 });
    servers.dhis2.faults.add({
      kind: 'cut',
      route: 'POST /api/dataValueSets',
      at: 1,
      when: 'after',
    });
    servers.dhis2.faults.add({ kind: 'status', status: 503, route: 'GET /api/me', at: 1 });
    const { report } = await runOperations(servers, { tally: { pageSize: 10 } });
    expect(report['fetch-cases']).toMatchObject({ read: 40, counted: 40 });
    expect(Object.values(valuesInWords(servers.dhis2))).toEqual(['40']);
    expect(servers.goData.requests.byRoute()['POST /api/users/login']).toBe(2);
  });
});

describe('any edits in Go.Data', () => {
  const anyCase = fc.record({
    classification: fc.constantFrom(
      'CONFIRMED',
      'PROBABLE',
      'SUSPECT',
      'NOT_A_CASE_DISCARDED',
      'EPI_LINKED',
    ),
    sex: fc.constantFrom('MALE' as const, 'FEMALE' as const, null),
    years: fc.constantFrom(0, 4, 5, 40, null),
    date: fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-08', '2026-03-09', null),
    location: fc.constantFrom(ACRE, BREN, COLL, DALE, 'nowhere', null),
  });
  // The cases are any cases, so that often less than half of them reach a value.
  const anyCoverage = { mapping: { minCoverage: 0 } };
  const anyEdit = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), traits: anyCase }),
    fc.record({ kind: fc.constant('change' as const), nth: fc.nat(20), traits: anyCase }),
    fc.record({ kind: fc.constant('delete' as const), nth: fc.nat(20) }),
  );

  it('in any number of runs end in DHIS2 as one fresh run does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('2.40', '2.42', '2.43'),
        fc.array(anyCase, { maxLength: 12 }),
        fc.array(fc.array(anyEdit, { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
        async (version, first, rounds) => {
          const servers = await startServers({
            version,
            // One case stays: a mapping without any count stops the run.
            people: [aCase({ id: 'steady' }), ...first.map(traits => aCase(traits))],
          });
          const fresh = await startServers({ version });
          try {
            const { people } = servers.goData.store;
            await runOperations(servers, anyCoverage);
            for (const edits of rounds) {
              for (const edit of edits) {
                const living = people.list(OUTBREAK, CASE_TYPE).filter(({ id }) => id !== 'steady');
                const target =
                  'nth' in edit ? living[edit.nth % Math.max(1, living.length)] : undefined;
                if (edit.kind === 'add') people.create(OUTBREAK, CASE_TYPE, aCase(edit.traits));
                else if (target && edit.kind === 'delete') people.delete(target.id);
                else if (target && edit.kind === 'change')
                  people.update(target.id, { ...aCase(edit.traits), id: target.id });
              }
              await runOperations(servers, anyCoverage);
            }
            servers.dhis2.requests.reset();
            await runOperations(servers, anyCoverage);
            expect(servers.dhis2.requests.writes()).toBe(0);
            for (const person of people.list(OUTBREAK, CASE_TYPE))
              fresh.goData.store.people.put(person);
            await runOperations(fresh, anyCoverage);
            expect(withoutZeros(valuesInWords(servers.dhis2))).toEqual(
              withoutZeros(valuesInWords(fresh.dhis2)),
            );
          } finally {
            await Promise.all([servers.close(), fresh.close()]);
          }
        },
      ),
      runs(5, 75),
    );
  });
});

function withoutZeros(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '0'));
}
