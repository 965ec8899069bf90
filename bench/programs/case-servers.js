// Both sandbox servers in a separate process, with the given number of cases, generated when they
// are read, and with a link before them if its delay (milliseconds) and its bandwidth (bits per second)
// are given. Prints one line of JSON when ready; answers the line "count" on standard input with the
// requests so far, by route.
import { createInterface } from 'node:readline';
import {
  demoMetadata,
  generateOutbreak,
  startDhis2,
  startGoData,
} from '../../sandbox/dist/index.js';
import { startLink } from '../measure/link.js';

const [cases, delayMs, bitsPerSecond] = process.argv.slice(2).map(Number);
const { goData: seed, orgUnits } = generateOutbreak({
  seed: 7,
  today: '2026-06-28',
  weeks: 26,
  cases,
  lazy: true,
});
const goData = await startGoData({ seed });
const dhis2 = await startDhis2({
  seed: demoMetadata(orgUnits),
  clock: () => new Date('2026-07-01T12:00:00.000Z'),
});
/** @param {string} url */
const reach = url => (delayMs > 0 ? startLink(url, { delayMs, bitsPerSecond }) : url);
const [{ email, password }] = seed.users;
const [outbreak] = seed.outbreaks;

console.log(
  JSON.stringify({
    outbreakId: outbreak.id,
    credentials: {
      godata: { apiUrl: `${await reach(goData.url)}/api`, email, password },
      dhis2: {
        hostUrl: await reach(dhis2.url),
        username: 'integration',
        password: 'Integration-1!',
      },
    },
  }),
);
createInterface({ input: process.stdin }).on('line', () => {
  const counts = { goData: goData.requests.byRoute(), dhis2: dhis2.requests.byRoute() };
  console.log(JSON.stringify(counts));
});
