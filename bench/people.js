// Benchmark of people: npm run build, then node bench/people.js [500 1000 5000]. Tracked entities
// of two invented programs become cases and contacts of an empty outbreak, twice. Both servers and
// the workflow run in this process, because only requests and sizes are measured, which are exact.
import { runWorkflow } from '../adaptors/runtime/dist/index.js';
import {
  addTrackerProgram,
  demoMetadata,
  generateOutbreak,
  startDhis2,
  startGoData,
} from '../sandbox/dist/index.js';

const TODAY = '2026-11-24';
const sizes = process.argv.slice(2).map(Number);
const print = console.log;
console.log = () => {};

const rows = [];
for (const people of sizes.length > 0 ? sizes : [500, 1000, 5000]) rows.push(await measure(people));
for (const key of Object.keys(rows[0]))
  print(key.padEnd(58), ...rows.map(row => String(row[key]).padStart(8)));
process.exit(0);

async function measure(people) {
  const { orgUnits, goData: seed } = generateOutbreak({ today: TODAY, cases: 0 });
  const outbreaks = seed.outbreaks.map(outbreak => ({ ...outbreak, name: 'COVID-19' }));
  const goData = await startGoData({ seed: { ...seed, outbreaks } });
  const dhis2 = await startDhis2({
    seed: addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people }),
  });
  const [{ email, password }] = goData.store.users.list();
  const credentials = {
    godata: { apiUrl: `${goData.url}/api`, email, password },
    dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
  };
  const first = await drain(credentials, goData, dhis2);
  const second = await drain(credentials, goData, dhis2);
  const count = store => store.list().length;
  const persons = goData.store.people.all().length;
  const related = count(goData.store.relationships) + count(goData.store.labResults);
  await Promise.all([goData.close(), dhis2.close()]);
  const reads = routes => sum(routes, route => route.startsWith('GET'));
  const peopleWrites = sum(first.goData, route =>
    /^(POST|PUT) \/api\/outbreaks\/\{id\}\/(cases|contacts)(\/bulk|\/\{fk\})?$/.test(route),
  );
  return {
    'tracked entities': people,
    'cases and contacts created': persons,
    'exposures and lab results created': related,
    parts: first.parts,
    'largest state between steps, MB': round(first.stateMb),
    'requests to DHIS2': sum(first.dhis2),
    'requests to Go.Data, reading': reads(first.goData),
    'requests to Go.Data, people': peopleWrites,
    'requests to Go.Data, exposures, lab results, the rest':
      sum(first.goData) - reads(first.goData) - peopleWrites,
    'requests for people and reading, per 100 people': round(
      ((sum(first.dhis2) + reads(first.goData) + peopleWrites) / persons) * 100,
    ),
    'the same, one by one as in existing scripts': 200,
    'requests to both, second run': sum(second.dhis2) + sum(second.goData),
    'writes, second run': sum(second.goData, route => !/^GET|login$/.test(route)),
  };
}

/** Runs until the source has no more; returns the servers' request counts. */
async function drain(credentials, goData, dhis2) {
  const told = { parts: 0, stateMb: 0 };
  for (const { requests } of [goData, dhis2]) requests.reset();
  let state = {};
  do {
    const outcome = await runWorkflow({
      project: '.',
      workflow: 'tracked-entities-to-cases',
      credentials,
      state,
    });
    if (outcome.errors.length > 0) throw new Error(JSON.stringify(outcome.errors));
    told.parts += 1;
    const largest = Math.max(...outcome.steps.map(({ stateBytes = 0 }) => stateBytes / 1e6));
    told.stateMb = Math.max(told.stateMb, largest);
    const { data: _data, report: _report, ...next } = outcome.state;
    state = next;
  } while (state.more);
  return { ...told, goData: goData.requests.byRoute(), dhis2: dhis2.requests.byRoute() };
}

function sum(routes, isWanted = () => true) {
  return Object.entries(routes).reduce((all, [route, n]) => all + (isWanted(route) ? n : 0), 0);
}

function round(number) {
  return Math.round(number * 100) / 100;
}
