// Both sandbox servers in a separate process: a DHIS2 with people in two invented programs, and a
// Go.Data whose outbreak of people is empty. Prints one line of JSON when ready; answers each line on standard
// input with the requests since the last one, by route.
import { createInterface } from 'node:readline';
import {
  addTrackerProgram,
  demoMetadata,
  generateOutbreak,
  startDhis2,
  startGoData,
} from '../../sandbox/dist/index.js';

const TODAY = '2026-11-24';
const people = Number(process.argv[2]);
const { orgUnits, goData: seed } = generateOutbreak({ today: TODAY, cases: 0 });
const goData = await startGoData({ seed });
const dhis2 = await startDhis2({
  seed: addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people }),
});
const [{ email, password }] = goData.store.users.list();

console.log(
  JSON.stringify({
    credentials: {
      godata: { apiUrl: `${goData.url}/api`, email, password },
      dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
    },
  }),
);
createInterface({ input: process.stdin }).on('line', () => {
  const counts = { goData: goData.requests.byRoute(), dhis2: dhis2.requests.byRoute() };
  for (const { requests } of [goData, dhis2]) requests.reset();
  console.log(JSON.stringify(counts));
});
