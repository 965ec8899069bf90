import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { demoMetadata, type RunningDhis2, startDhis2 } from '#sandbox/dhis2/index.js';
import { type RunningGoData, startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';

const TODAY = '2026-11-24';
let dhis2: RunningDhis2;
let goData: RunningGoData;
afterEach(async () => {
  await Promise.all([dhis2.close(), goData.close()]);
});

/** Runs the shipped workflow with another name of the outbreak, into a Go.Data with two outbreaks. */
async function run(edit: (source: string) => string, ...flags: string[]) {
  const { orgUnits, goData: seed } = generateOutbreak({ today: TODAY, cases: 0 });
  const [first] = seed.outbreaks!;
  goData = await startGoData({
    seed: {
      ...seed,
      outbreaks: [
        { ...first!, name: 'Ebola' },
        { ...first!, id: 'measles', name: 'Rougeole 2026' },
      ],
    },
  });
  dhis2 = await startDhis2({
    seed: addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people: 5 }),
    clock: () => new Date(`${TODAY}T12:00:00.000Z`),
  });
  const project = editProject(
    { 'upsert-cases.js': source => edit(source.replace("'COVID-19'", "'Rougeole 2027'")) },
    'tracked-entities-to-cases',
  );
  onTestFinished(project.remove);
  const { email, password } = goData.store.users.list()[0]!;
  const credentials = temporaryJson('credentials.json', {
    godata: { apiUrl: `${goData.url}/api`, email, password },
    dhis2: { hostUrl: dhis2.url, username: 'integration', password: 'Integration-1!' },
  });
  goData.requests.reset();
  const args = ['--project', project.folder, '--credentials', credentials, ...flags];
  return runCommand(['run', 'tracked-entities-to-cases', ...args]);
}

const names = () => goData.store.outbreaks.list().map(({ name }) => name);
const withCreate = (source: string) => source.replace('create: false', 'create: true');

describe('an outbreak that does not exist', () => {
  it.each([[[]], [['--dry-run']]])(
    'stops the run, which lists those that exist (%j)',
    async flags => {
      const { status, stderr } = await run(source => source, ...flags);
      expect(status).toBe(2);
      expect(stderr).toContain(
        'The account can see no outbreak with the name "Rougeole 2027". (UNKNOWN_OUTBREAK)',
      );
      expect(stderr).toContain('outbreaks in the job: "Rougeole 2026" (measles), "Ebola" (');
      expect(stderr).toContain('Or let the job create it: `create: true` in `outbreak`.');
      expect(goData.requests.writes()).toBe(0);
    },
  );

  it('is what a dry run would create, if the job says so: its first line', async () => {
    const { status, stdout } = await run(withCreate, '--dry-run');
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe(
      'would create the outbreak "Rougeole 2027" of disease 2019_N_CO_V',
    );
    expect(goData.requests.writes()).toBe(0);
  });

  it('is created if the job says so', async () => {
    const { status, stdout } = await run(withCreate);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe(
      'created the outbreak "Rougeole 2027" of disease 2019_N_CO_V',
    );
    expect(names().sort()).toEqual(['Ebola', 'Rougeole 2026', 'Rougeole 2027']);
  });

  it('is refused with the parameters in the place of create', async () => {
    const { status, stderr } = await run(source =>
      source.replace(/create: false,\n.*\n\s*parameters:/, 'create:'),
    );
    expect(status).toBe(2);
    expect(stderr).toContain('outbreak.create: must be true or false.');
    expect(stderr).toContain('outbreak.parameters');
  });
});
