import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Person } from '#sandbox/godata/index.js';
import { IS_DEEP } from '#test/support/runs.js';
import { createFolder, type Ended, ROOT, runProgram } from './support/programs.js';

const WHO_CASES = path.resolve(ROOT, '../shared/data/who-demo-cases.json');
const WHO_CONTACTS = path.resolve(ROOT, '../shared/data/who-demo-contacts.json');

const demo = (folder: string, ...args: string[]) =>
  runProgram('demo', ['--state', folder, ...args]);

function expectOrder({ stdout }: Ended, ...texts: string[]): void {
  let from = 0;
  for (const text of texts) {
    const place = stdout.indexOf(text, from);
    expect(place, `${text} after ${stdout.slice(0, from).slice(-80)}`).toBeGreaterThanOrEqual(0);
    from = place + text.length;
  }
}

describe('npm start', () => {
  it('shows the whole workflow, and a second run changes nothing', async () => {
    const folder = createFolder();
    const first = await demo(folder, '--cases-count', '300');
    expect(first.status, first.stderr).toBe(0);
    expectOrder(
      first,
      'Demonstration of cases-to-data-values',
      '$ npx godata-dhis2 run org-units-to-locations --credentials',
      'Made 93 changes:',
      '$ npx godata-dhis2 run cases-to-data-values --credentials',
      'old  new',
      'Summary',
      'fetch-cases:',
      'left out',
      'upsert-data-values:',
      'Report: state/.local/runs/cases-to-data-values/',
      'Next: ',
      'To try next:',
      `npm start -- --state ${folder} --cases-count 300`,
      'npx godata-dhis2 sandbox --state',
      'What the run did, in pictures',
      '/report.html',
    );
    const second = await demo(folder, '--cases-count', '300');
    expect(second.status, second.stderr).toBe(0);
    expect(second.stdout).toContain('with the data of the last run');
    expect(second.stdout.match(/Nothing had to change\./g)).toHaveLength(2);
    expect(second.stdout).toMatch(/upsert-data-values: .* 0 created, 0 updated/);

    const fresh = await demo(folder, '--cases-count', '300', '--fresh');
    expect(fresh.status).toBe(0);
    expect(fresh.stdout).toContain('changes:');
    const people = savedPeople(folder);
    expect(people.length).toBeGreaterThan(300);
    for (const { stdout, stderr } of [first, second, fresh]) {
      expect(people.filter(({ lastName }) => (stdout + stderr).includes(String(lastName)))).toEqual(
        [],
      );
      expect(stdout + stderr).not.toContain('integration-password');
    }
  });

  it.runIf(IS_DEEP)(
    'keeps both systems in step while users edit in both, and reports one conflict',
    async () => {
      const folder = createFolder();
      const first = await demo(folder, 'two-way', '--cases-count', '60');
      expect(first.status, first.stderr).toBe(0);
      expectOrder(
        first,
        '$ npx godata-dhis2 run two-way',
        'upsert-tracked-entities: 490 read, 0 created, 0 updated',
        'Then users work in both systems:',
        '$ npx godata-dhis2 run two-way --credentials',
        'Made 6 changes:',
        'CONFLICT lastName',
        'CONFLICT Surname (lastName)',
      );
      expect(first.stdout).not.toContain('Corrected-in');
    },
  );

  it.runIf(IS_DEEP)(
    'shows people of two programs, some with mistakes, and still ends with success',
    async () => {
      const folder = createFolder();
      const args = ['tracked-entities-to-cases', '--cases-count', '60'];
      const first = await demo(folder, ...args);
      expect(first.status, first.stderr).toBe(0);
      expectOrder(
        first,
        '$ npx godata-dhis2 run org-units-to-locations',
        '$ npx godata-dhis2 run options-to-reference-data',
        '$ npx godata-dhis2 run tracked-entities-to-cases',
        'adjusted, INVALID_DATE',
      );
      const second = await demo(folder, ...args);
      expect(second.stdout.match(/Nothing had to change\./g)).toHaveLength(3);
      const people = savedPeople(folder);
      const names = people.flatMap(({ lastName }) => (lastName ? [` ${lastName} `] : []));
      expect(names.filter(name => (first.stdout + first.stderr).includes(name))).toEqual([]);
    },
  );

  it.runIf(IS_DEEP)('shows one demonstration after the other on the same servers', async () => {
    const folder = createFolder();
    const workflows = ['tracked-entities-to-cases', 'two-way', 'cases-to-data-values'];
    for (const workflow of [...workflows, ...workflows]) {
      const shown = await demo(folder, workflow, '--cases-count', '60', '--people', '20');
      expect(shown.status, workflow + shown.stderr).toBe(0);
    }
    expect(readdirSync(folder)).toEqual(['outbreak-20-people-60-cases']);
  });

  it('uses separate servers for other inputs', async () => {
    const folder = createFolder();
    await demo(folder, '--cases-count', '60');
    const other = await demo(folder, '--cases-count', '60', '--dhis2-version', '2.43');
    expect(other.status, other.stderr).toBe(0);
    expect(other.stdout).toContain('DHIS2 2.43');
    expect(other.stdout).toContain('changes:');
    expect(readdirSync(folder).sort()).toEqual([
      'outbreak-60-cases',
      'outbreak-60-cases-dhis2-2.43',
    ]);
  });

  it.skipIf(!existsSync(WHO_CASES) || !existsSync(WHO_CONTACTS))(
    "counts every case of WHO's demonstration outbreak",
    async () => {
      const folder = createFolder();
      const args = ['--cases', WHO_CASES, '--contacts', WHO_CONTACTS];
      const first = await demo(folder, ...args);
      expect(first.status, first.stderr).toBe(0);
      expect(first.stdout).toMatch(/fetch-cases: 54 read, 54 counted/);
      // 54 cases, of which 2 have no location and 1 is discarded.
      expect(first.stdout).toMatch(/aggregate: 54 read, 51 counted/);
      const second = await demo(folder, ...args);
      expect(second.stdout).toContain('Nothing had to change.');
      const people = savedPeople(folder);
      expect(people).toHaveLength(54 + 56);
      for (const { id } of people) expect(first.stdout + first.stderr).not.toContain(id);
    },
  );

  it.each([
    [
      ['tracked-entities'],
      'There is no demonstration of "tracked-entities".',
      'Choose one of: org-units-to-locations, options-to-reference-data, cases-to-data-values, tracked-entities-to-cases, two-way.',
    ],
    [['--cases', 'none.json'], 'there is no such file', 'What to do:'],
    [['--dhis2-version', '2.12'], '2.38 to 2.44', 'npm start -- --help'],
  ])('refuses %j with status 2', async (args, problem, help) => {
    const { status, stderr } = await demo(createFolder(), ...args);
    expect(stderr).toContain(problem);
    expect(stderr).toContain(help);
    expect(status).toBe(2);
  });

  it('has a copy of the jobs as they are shipped, file by file (update: npm run demo:jobs)', () => {
    const copy = path.join(ROOT, 'sandbox/demo');
    const jobs = readdirSync(path.join(ROOT, 'jobs'), { recursive: true, encoding: 'utf8' });
    const files = jobs.filter(file => file.endsWith('.js')).map(file => path.join('jobs', file));
    const inCopy = readdirSync(copy, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.relative(copy, path.join(entry.parentPath, entry.name)));
    expect(inCopy.sort()).toEqual([...files, 'project.yaml'].sort());
    for (const file of inCopy)
      expect(readFileSync(path.join(copy, file), 'utf8'), file).toBe(
        readFileSync(path.join(ROOT, file), 'utf8'),
      );
  });

  it('shows the same after a user has edited the jobs, with its own copy of them', async () => {
    const root = createFolder();
    for (const name of ['adaptors', 'node_modules', 'package.json', 'templates'])
      symlinkSync(path.join(ROOT, name), path.join(root, name));
    for (const name of ['project.yaml', 'jobs', 'sandbox/demo', 'sandbox/dist'])
      cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true });
    const job = path.join(root, 'jobs/cases-to-data-values/aggregate.js');
    writeFileSync(job, readFileSync(job, 'utf8').replace("'OUTBREAK_WEEKLY'", "'EPI_WEEKLY'"));
    const args = ['sandbox/dist/demo.js', '--cases-count', '60', '--people', '1'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root });
    expect(stderr).not.toContain('EPI_WEEKLY');
    expect(stdout).toContain('it runs its own copy, in state/.local/demo/project.\n');
    expect(stdout).toContain('--project state/.local/demo/project --credentials');
    expect(stdout).toContain('cases (');
    expect(stdout).toMatch(
      /runs open --project state\/\.local\/demo\/project\):\n {2}\S+report\.html/,
    );
    expect(readFileSync(job, 'utf8')).toContain('EPI_WEEKLY');
  });

  it('prints its help', async () => {
    const { status, stdout } = await runProgram('demo', ['--help']);
    expect(stdout).toContain('Usage: npm start --');
    expect(stdout).toContain('npm start -- --cases cases.json');
    expect(status).toBe(0);
  });
});

function savedPeople(folder: string): Person[] {
  const [name] = readdirSync(folder);
  const file = path.join(folder, name!, 'godata.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { people: Person[] }).people;
}
