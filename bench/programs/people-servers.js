// Both sandbox servers in a separate process: a DHIS2 with people in two invented programs, and a
// Go.Data whose outbreak of people is empty. What DHIS2's relationships cost, in milliseconds a person, is
// the second argument; `one-worker` as the third gives Go.Data the costs of a real one with one worker.
// Prints one line of JSON when ready; answers each line on standard input with the requests since the last
// one.
import { createInterface } from 'node:readline';
import {
  addTrackerProgram,
  demoMetadata,
  generateOutbreak,
  ONE_WORKER,
  startDhis2,
  startGoData,
} from '../../sandbox/dist/index.js';

const TODAY = '2026-11-24';
const [people, relationships = 0] = process.argv.slice(2, 4).map(Number);
const cost = process.argv[4] === 'one-worker' ? ONE_WORKER : undefined;
const { orgUnits, goData: seed } = generateOutbreak({ today: TODAY, cases: 0 });
const goData = await startGoData({ seed, cost });
const dhis2 = await startDhis2({
  seed: addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people }),
  cost: { relationships },
});
const [{ email, password }] = goData.store.users.list();

console.log(
  JSON.stringify({
    outbreakId: seed.outbreaks[0].id,
    credentials: {
      godata: { apiUrl: `${goData.url}/api`, email, password },
      dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
    },
  }),
);
createInterface({ input: process.stdin }).on('line', () => {
  const told = [goData, dhis2].map(({ requests }) => ({
    routes: requests.byRoute(),
    mostInFlight: requests.mostInFlight(),
  }));
  const relationshipIds = dhis2.requests.entries.flatMap(idsWithRelationships).length;
  for (const { requests } of [goData, dhis2]) requests.reset();
  const work = { ...goData.work };
  console.log(JSON.stringify({ goData: { ...told[0], work }, dhis2: told[1], relationshipIds }));
});

/** The tracked entities that a request asks for with their relationships. */
function idsWithRelationships({ url }) {
  const query = new URLSearchParams(url.split('?')[1]);
  if (!/relationships/.test(query.get('fields') ?? '')) return [];
  return (query.get('trackedEntities') ?? '').split(',').filter(Boolean);
}
