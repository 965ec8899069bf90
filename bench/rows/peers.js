import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { orgUnits } from '../data/org-unit-tree.js';
import { COMMAND, measure, withServers } from '../measure/process.js';
import { runCommand, withFolder } from '../measure/run.js';

const ORG_UNITS = [1000, 4000, 16_000];
const PEOPLE = 500;

/** Other ways to do the same work, on the same files and the same sandbox. */
export async function measureRows() {
  return [...(await convertedByBoth()), ...(await writtenByBoth())];
}

/** The published converter takes time with the square of the number of org units. */
function convertedByBoth() {
  return withFolder(async file => {
    const rows = [];
    for (const count of ORG_UNITS) {
      const files = [file('in.json'), file('out.json')];
      writeFileSync(files[0], JSON.stringify({ organisationUnits: [...orgUnits(count)] }));
      const theirs = await measure(['bench/programs/published-converter.js', ...files]);
      const ours = await measure([COMMAND, 'convert-org-units', ...files]);
      rows.push({
        work: `convert-org-units, ${count} org units`,
        figure: 'CPU s',
        value: ours.cpuMs / 1000,
        beside: { name: "published converter's search", value: theirs.cpuMs / 1000 },
      });
    }
    return rows;
  });
}

const PROJECT = `name: one-by-one
credentials:
  integration@example.org-godata: { name: godata, owner: integration@example.org }
workflows:
  one-by-one:
    name: one-by-one
    jobs:
      upsert:
        name: upsert
        adaptor: '@openfn/language-godata@4.0.0'
        credential: integration@example.org-godata
        body: { path: jobs/upsert.js }
    triggers:
      cron: { type: cron, cron_expression: '0 * * * *', enabled: true }
    edges:
      cron->upsert: { source_trigger: cron, target_job: upsert, condition_type: always, enabled: true }
`;
const JOB = `each('$.data[*]', upsertCase($.outbreakId, 'lastName', state => ({ data: state.data })));
fn(state => ({ ...state, data: {}, references: [] }));
`;

/** The same number of people: searched and written one by one, as in the jobs that are published. */
function writtenByBoth() {
  const args = ['bench/programs/people-servers.js', String(PEOPLE)];
  return withServers(args, ({ credentials, outbreakId }, ask) =>
    withFolder(async file => {
      mkdirSync(file('jobs'));
      writeFileSync(file('project.yaml'), PROJECT);
      writeFileSync(file('jobs/upsert.js'), JOB);
      const project = path.dirname(file('jobs'));
      const state = { outbreakId, data: Array.from({ length: PEOPLE }, (_, n) => toCase(n)) };
      const rows = [];
      for (const run of ['first run', 'nothing changed']) {
        await ask('count');
        const theirs = await runCommand('one-by-one', credentials, state, ['--project', project]);
        const theirRequests = total(await ask('count'));
        const ours = await runCommand('tracked-entities-to-cases', credentials, {});
        const ourRequests = total(await ask('count'));
        const work = `tracked-entities-to-cases, ${PEOPLE} people, ${run}`;
        const name = 'each and upsertCase, cases only';
        rows.push(
          {
            work,
            figure: 'CPU ms each',
            value: ours.cpuMs / PEOPLE,
            beside: { name, value: theirs.cpuMs / PEOPLE },
          },
          {
            work,
            figure: 'requests',
            value: ourRequests,
            beside: { name, value: theirRequests },
          },
        );
      }
      return rows;
    }),
  );
}

function total({ goData, dhis2 }) {
  const counts = [goData, dhis2].flatMap(({ routes }) => Object.values(routes));
  return counts.reduce((sum, count) => sum + count, 0);
}

function toCase(n) {
  return {
    firstName: `Given ${n}`,
    lastName: `Family ${n}`,
    gender: 'LNG_REFERENCE_DATA_CATEGORY_GENDER_FEMALE',
    classification: 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_SUSPECT',
    dateOfReporting: '2026-11-01',
    dateOfOnset: '2026-10-28',
    age: { years: n % 80, months: 0 },
  };
}
