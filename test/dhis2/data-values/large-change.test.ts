import { afterEach, expect, it } from 'vitest';
import { runOperations } from '../../support/operations.js';
import { aCase } from '../../support/outbreak.js';
import { type Servers, startServers, valuesInWords } from '../../support/workflow.js';

let servers: Servers;
afterEach(() => servers?.close());

it('values of more than 20 % of the cells do not become zero without leave', async () => {
  const dates = Array.from({ length: 12 }, (_, week) =>
    new Date(Date.UTC(2026, 0, 7 + 7 * week)).toISOString().slice(0, 10),
  );
  servers = await startServers({ people: dates.map(date => aCase({ sex: 'FEMALE', date })) });
  await runOperations(servers);
  const before = valuesInWords(servers.dhis2);
  expect(Object.keys(before)).toHaveLength(12);
  const { people } = servers.goData.store;
  for (const { id } of people.all().slice(0, 11)) people.delete(id);

  const dry = await runOperations(servers, { state: { dryRun: true } }).catch(error => error);
  expect(dry).not.toBeInstanceOf(Error);
  await expect(runOperations(servers)).rejects.toMatchObject({
    code: 'LARGE_CHANGE',
    kind: 'configuration',
    message: expect.stringMatching(/set to zero 11 of 12 values \(92 %\)/),
  });
  expect(valuesInWords(servers.dhis2)).toEqual(before);
  await runOperations(servers, { upsert: { largeChange: 1 } });
  const left = Object.values(valuesInWords(servers.dhis2)).filter(value => Number(value) > 0);
  expect(left).toHaveLength(1);
});
