import { describe, expect, it } from 'vitest';
import { startProxy } from '#test/support/proxy.js';
import {
  aBatch,
  aCase,
  attributesOf,
  closeServers,
  ID,
  startProgram,
  upsert,
  WHO,
} from '#test/support/tracked-entities.js';

closeServers();

interface Page {
  instances?: unknown[];
  trackedEntities?: unknown[];
}

/** Removes the first person of a page, as DHIS2 removes those whom the account may not see. */
function shorten(body: unknown): unknown {
  const { instances, trackedEntities } = body as Page;
  if (instances) return { ...(body as Page), instances: instances.slice(1) };
  return { ...(body as Page), trackedEntities: trackedEntities?.slice(1) };
}

describe.each(['2.40', '2.42'])(
  'values that more people have than a page holds, on DHIS2 %s',
  version => {
    it('are all found, although a page is short and somebody is deleted meanwhile', async () => {
      const server = await startProgram({ version });
      const { tracker } = server.store;
      const put = (trackedEntity: string, number: string) =>
        tracker.put('trackedEntities', {
          trackedEntity,
          trackedEntityType: WHO.person,
          orgUnit: ID.facility,
          attributes: [{ attribute: WHO.localId, value: number }],
        });
      const idOf = (n: number) => `Twin${String(n).padStart(7, '0')}`;
      put('PersonFirst', 'first');
      for (let n = 0; n < 520; n += 1) put(idOf(n), `N${n % 200}`);
      put('PersonLast1', 'last');
      let pages = 0;
      const { url } = await startProxy(server.url, {
        onAnswer: (body, address) => {
          const isSearch = (address.searchParams.get('filter') ?? '').startsWith(WHO.localId);
          if (!isSearch) return undefined;
          pages += 1;
          if (pages > 1) return undefined;
          for (const n of [0, 1]) tracker.delete('trackedEntities', idOf(n));
          return shorten(body);
        },
      });
      const numbers = ['first', ...Array.from({ length: 200 }, (_, n) => `N${n}`), 'last'];
      const people = numbers.map(number => aCase(number));
      await upsert({ url }, aBatch(people, [], { linkAttribute: WHO.localId }));
      for (const id of ['PersonFirst', 'PersonLast1'])
        expect(attributesOf(server, id)).toHaveProperty(WHO.surname, 'Obi');
    });
  },
);
