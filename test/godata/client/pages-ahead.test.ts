import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { GoDataClient } from '#godata/Adaptor.js';
import { aCase, OUTBREAK } from '../../support/outbreak.js';
import { startProxy } from '../../support/proxy.js';
import { runs } from '../../support/runs.js';
import { type Servers, startServers } from '../../support/workflow.js';

const open: Servers[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(servers => servers.close()));
});

const idOf = (n: number) => `x${String(n).padStart(4, '0')}`;
const ROUTE = 'GET /api/outbreaks/{id}/cases';

/** A server with cases, and what a read of all of them in pages sees. */
async function startCases(numbers: readonly number[]) {
  const people = numbers.map(n => aCase({ id: idOf(n) }));
  const servers = await startServers({ people, user: { activeOutbreakId: OUTBREAK } });
  open.push(servers);
  return servers;
}

async function readAll(
  { credentials: { godata } }: Servers,
  query: { pageSize: number; expected: number },
  apiUrl = godata.apiUrl,
): Promise<string[]> {
  const client = new GoDataClient({ ...godata, apiUrl });
  const seen: string[] = [];
  for await (const page of client.people(OUTBREAK, 'cases', { fields: ['gender'], ...query })) {
    seen.push(...page.map(({ id }) => id));
  }
  return seen;
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('the pages of a list whose length is known', () => {
  it('are asked for three at a time, in no more requests than one after the other', async () => {
    const servers = await startCases(upTo(58));
    const { requests, faults } = servers.goData;
    faults.add({ kind: 'slow', delayMs: 60, route: ROUTE });
    const seen = await readAll(servers, { pageSize: 5, expected: 58 });
    expect(seen).toEqual(upTo(58).map(idOf));
    expect(requests.byRoute()[ROUTE]).toBe(12);
    expect(requests.mostInFlight()).toBe(3);
  });

  it('are all read when there are more, or fewer, than was counted', async () => {
    const servers = await startCases(upTo(58));
    for (const expected of [0, 1, 20, 57, 400]) {
      const seen = await readAll(servers, { pageSize: 25, expected });
      expect(seen).toEqual(upTo(58).map(idOf));
    }
  });

  it('end with the error of a page, after which nothing is asked for', async () => {
    const servers = await startCases(upTo(100));
    const { requests, faults } = servers.goData;
    faults.add({ kind: 'status', status: 422, route: ROUTE, at: 3 });
    await expect(readAll(servers, { pageSize: 5, expected: 100 })).rejects.toMatchObject({
      details: { status: 422 },
    });
    const before = requests.count();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(requests.count()).toBe(before);
    expect(before).toBeLessThan(10);
  });

  it('hold each record once, whatever others add and delete before each answer', async () => {
    const edit = fc.record({
      before: fc.nat(14),
      kind: fc.constantFrom('add', 'delete'),
      numbers: fc.uniqueArray(fc.nat(119), { minLength: 1, maxLength: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(119), { minLength: 20, maxLength: 110 }),
        fc.array(edit, { maxLength: 8 }),
        fc.integer({ min: 1, max: 30 }),
        async (numbers, edits, pageSize) => {
          const servers = await startCases(numbers);
          const { store } = servers.goData;
          const deleted = new Set<string>();
          let answers = 0;
          const act = ({ kind, numbers: chosen }: (typeof edits)[number]) => {
            for (const id of chosen.map(idOf)) {
              const isThere = store.people.get(id) !== undefined && !deleted.has(id);
              if (kind === 'add' && !isThere && !deleted.has(id))
                store.people.put(aCase({ id }) as never);
              if (kind === 'delete' && isThere) {
                store.people.delete(id);
                deleted.add(id);
              }
            }
          };
          const proxy = await startProxy(servers.goData.url, {
            onRequest: ({ pathname }) => {
              if (!pathname.endsWith('/cases')) return;
              for (const one of edits.filter(({ before }) => before === answers)) act(one);
              answers += 1;
            },
          });
          const query = { pageSize, expected: numbers.length };
          const seen = await readAll(servers, query, `${proxy.url}/api`);
          expect(new Set(seen).size).toBe(seen.length);
          const kept = numbers.map(idOf).filter(id => !deleted.has(id));
          expect(kept.filter(id => !seen.includes(id))).toEqual([]);
          await servers.close();
          open.splice(open.indexOf(servers), 1);
        },
      ),
      runs(15, 150),
    );
  });
});
