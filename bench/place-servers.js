// A DHIS2 with the given number of invented org units and an empty Go.Data, in a separate process.
// Prints one line of JSON when ready; answers each line on standard input with the requests since
// the last one.
import { createInterface } from 'node:readline';
import { demoMetadata, startDhis2, startGoData } from '../sandbox/dist/index.js';
import { orgUnits } from './org-unit-tree.js';

const account = { email: 'integration@example.org', password: 'Integration-1!' };
const units = [...orgUnits(Number(process.argv[2]))].map(({ level: _, ...unit }) => unit);
const goData = await startGoData({ seed: { users: [{ id: 'user-1', ...account }] } });
const dhis2 = await startDhis2({ seed: demoMetadata(units) });

console.log(
  JSON.stringify({
    credentials: {
      godata: { apiUrl: `${goData.url}/api`, ...account },
      dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
    },
  }),
);
createInterface({ input: process.stdin }).on('line', () => {
  const counts = [goData, dhis2].map(({ requests }) => requests.byRoute());
  for (const { requests } of [goData, dhis2]) requests.reset();
  console.log(JSON.stringify(counts));
});
