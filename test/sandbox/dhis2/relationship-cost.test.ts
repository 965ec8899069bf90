import { expect, it } from 'vitest';
import { aServer } from './support/client.js';
import { aTrackerSeed, PEOPLE } from './support/tracker-seed.js';

const LIST = '/api/tracker/trackedEntities';

it('is paid by lists that show relationships, and by no others', async () => {
  const server = await aServer({
    version: '2.42',
    seed: aTrackerSeed(),
    cost: { relationships: 300 },
  });
  const order: string[] = [];
  const read = async (name: string, query: string) => {
    const { body } = await server.get(`${LIST}?trackedEntities=${PEOPLE.case}&${query}`, 'admin');
    order.push(name);
    return body.trackedEntities[0];
  };
  // The dear one is sent first.
  const dear = read('with relationships', 'fields=trackedEntity,relationships[relationship]');
  const cheap = read('without', 'fields=trackedEntity');
  expect((await dear).relationships.length).toBeGreaterThan(0);
  expect(await cheap).toEqual({ trackedEntity: PEOPLE.case });
  expect(order).toEqual(['without', 'with relationships']);
});
