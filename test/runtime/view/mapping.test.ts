import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShownJob } from '#runtime/view/mapping/show-mappings.js';
import type { Preview } from '#runtime/view/online/preview.js';
import { runCommand, temporaryJson } from '#test/support/command.js';
import { PROJECT } from '#test/support/workflow.js';
import {
  type RunningView,
  send,
  startViewCommand,
  type Visit,
  visit,
} from './support/running-view.js';
import { type PeopleServers, startPeopleServers } from './support/servers.js';

const PEOPLE = 'jobs/people/map-people.js';

let view: RunningView;
let page: Visit;

async function read<Given>(wanted: string): Promise<Given> {
  return JSON.parse((await send(view, wanted, { headers: { cookie: page.cookie } })).text);
}

async function ask<Given>(wanted: string, body: object): Promise<{ status: number; body: Given }> {
  const { status, text } = await send(view, wanted, { method: 'POST', headers: page.own, body });
  return { status, body: JSON.parse(text) };
}

interface Mapping {
  jobs: ShownJob[];
  other: { code: string; credential?: string }[];
}
const jobsOf = async () => (await read<Mapping>('/api/mapping')).jobs;
const rowsOf = async (file = PEOPLE) => (await jobsOf()).find(job => job.file === file)!.rows;

async function check(): Promise<void> {
  expect((await ask('/api/check', {})).status).toBe(200);
  for (;;) {
    const { status } = await read<{ status: string }>('/api/check');
    if (status === 'done') return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

describe('the mapping without servers', () => {
  beforeAll(async () => {
    view = await startViewCommand(PROJECT);
    page = await visit(view);
  });
  afterAll(() => view.stop());

  it('has every row of the shipped mappings with the line in which it is written', async () => {
    const jobs = (await jobsOf()).filter(({ rows }) => rows.length > 0);
    expect(jobs.map(({ file }) => file)).toEqual([
      'jobs/cases-to-data-values/aggregate.js',
      PEOPLE,
    ]);
    for (const { file, rows } of jobs) {
      const lines = readFileSync(path.join(PROJECT, file), 'utf8').split('\n');
      for (const { line, field, places } of rows) {
        const [name] = field.split(/\.(?!.*\.)/);
        const expected = file.endsWith('aggregate.js')
          ? `dataElement: '${places[0]!.ref}'`
          : name === 'questionnaireAnswers'
            ? 'answers('
            : `row('${field}'`;
        expect(lines[line - 1]!.trim().startsWith(expected), `${file}:${line} ${field}`).toBe(true);
      }
    }
    // Every row that the file has, those of both kinds of people twice.
    const text = readFileSync(path.join(PROJECT, PEOPLE), 'utf8');
    const written = [...text.matchAll(/^ +row\('/gm)].length;
    const shown = (await rowsOf()).filter(
      ({ field }) => !field.startsWith('questionnaireAnswers.'),
    );
    expect(new Set(shown.map(({ line }) => line)).size).toBe(written);
  });

  it('says of each row what it reads, its codes, its owner and its direction', async () => {
    const rows = await rowsOf();
    expect(rows.find(({ name }) => name === 'case, row gender')).toMatchObject({
      fieldType: 'text',
      places: [{ kind: 'attribute', ref: 'oindugucx72' }],
      codes: [
        {
          category: 'GENDER',
          pairs: [
            ['MALE', 'GENDER_MALE'],
            ['FEMALE', 'GENDER_FEMALE'],
          ],
        },
      ],
      owner: 'latest',
      direction: 'both',
    });
    expect(rows.find(({ name }) => name === 'case, row dateRanges')).toMatchObject({
      isComputed: true,
      places: [],
      owner: 'dhis2',
      direction: 'to-godata',
    });
    const fever = 'case, row questionnaireAnswers.signsymp_fever';
    expect(rows.find(({ name }) => name === fever)).toMatchObject({
      places: [{ kind: 'element', ref: 'EWZcuvPOrJF', stages: ['LpWNjNGvCO5'] }],
    });
  });

  it('lists every job once with the steps that run it', async () => {
    const jobs = await jobsOf();
    expect(new Set(jobs.map(({ file }) => file)).size).toBe(jobs.length);
    expect(jobs.find(({ file }) => file === PEOPLE)!.steps).toEqual([
      { workflow: 'tracked-entities-to-cases', step: 'map-cases' },
      { workflow: 'cases-to-tracked-entities', step: 'map-tracked-entities' },
      { workflow: 'two-way', step: 'map-cases' },
      { workflow: 'two-way', step: 'map-tracked-entities' },
    ]);
  });
});

describe('the mapping beside both servers', () => {
  let servers: PeopleServers;
  beforeAll(async () => {
    servers = await startPeopleServers(['tracked-entities-to-cases', 'cases-to-tracked-entities']);
    const credentials = temporaryJson('credentials.json', servers.credentials);
    view = await startViewCommand(servers.project.folder, '--credentials', credentials);
    page = await visit(view);
  });
  afterAll(async () => {
    await view.stop();
    await servers.close();
    servers.project.remove();
  });

  const writes = () => servers.dhis2.requests.writes() + servers.goData.requests.writes();

  it('asks the servers only when it is told to, then shows names, types and coverage', async () => {
    expect((await rowsOf()).some(({ places }) => places.some(({ name }) => name))).toBe(false);
    expect(servers.dhis2.requests.byRoute()).toEqual({});
    expect(servers.goData.requests.byRoute()).toEqual({});
    await check();
    const rows = await rowsOf();
    const row = (name: string) => rows.find(one => one.name === name)!;
    expect(row('case, row lastName').places[0]).toMatchObject({
      id: 'ENRjVGxVL6l',
      name: 'Surname',
      valueType: 'TEXT',
    });
    expect(row('case, row dateOfOnset').places[0]).toMatchObject({
      id: 's3eoonJ8OJb',
      stageNames: ['Clinical'],
    });
    expect(row('case, row dob').places[0]).toMatchObject({ valueType: 'DATE' });
    const { given } = row('case, row lastName');
    expect(given!.read).toBeGreaterThan(0);
    expect(given!.count).toBeGreaterThan(0);
    expect(given!.count).toBeLessThanOrEqual(given!.read);
    expect(row('labResults, row result').given).toBeUndefined();
    // Finds what the command finds.
    const jobs = await jobsOf();
    const told = jobs.flatMap(({ findings }) => findings.map(({ message }) => message));
    const listed = await runCommand([
      ...['check', '--online', '--json', '--project', servers.project.folder],
      ...['--credentials', temporaryJson('credentials.json', servers.credentials)],
    ]);
    const online = JSON.parse(listed.stdout).online as { message: string }[];
    expect(new Set(told)).toEqual(new Set(online.map(({ message }) => message)));
    expect(writes()).toBe(0);
  });

  it('previews people by ids and codes, and tells values only when asked', async () => {
    const workflow = 'tracked-entities-to-cases';
    const { body } = await ask<Preview>('/api/preview', { workflow });
    expect(body.people).toHaveLength(10);
    const text = JSON.stringify(body);
    for (const value of servers.values) expect(text).not.toContain(value);
    expect(
      body.people.some(({ changes }) => changes.some(({ change }) => change === 'create')),
    ).toBe(true);
    expect(body.people.some(({ fields }) => fields.includes('lastName'))).toBe(true);
    const { id } = body.people.find(({ fields }) => fields.includes('lastName'))!;
    const shown = await ask<{ from: string[][]; to: string[][] }>('/api/values', {
      workflow,
      id,
    });
    const surname = shown.body.from.find(([name]) => name === 'attributes.ENRjVGxVL6l')![1]!;
    expect(servers.values).toContain(surname);
    expect(shown.body.to).toContainEqual(['fields.lastName', surname]);
    // Neither kept by the page, nor printed, nor on the disk.
    for (const wanted of ['/api/mapping', '/api/check', '/api/runs']) {
      expect(JSON.stringify(await read(wanted))).not.toContain(surname);
    }
    expect(view.printed()).not.toContain(surname);
    for (const file of filesBelow(path.join(servers.project.folder, 'state'))) {
      expect([file, readFileSync(file, 'utf8').includes(surname)]).toEqual([file, false]);
    }
    expect(writes()).toBe(0);
  });

  it('does one thing at a time, and says so', async () => {
    const first = ask('/api/check', {});
    const second = await ask<{ error: { code: string } }>('/api/preview', {
      workflow: 'tracked-entities-to-cases',
    });
    expect((await first).status).toBe(200);
    expect(second).toMatchObject({ status: 422, body: { error: { code: 'BUSY' } } });
    for (;;) {
      if ((await read<{ status: string }>('/api/check')).status === 'done') break;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  });

  it('refuses a workflow that maps no people, and somebody who is not among them', async () => {
    const none = await ask<{ error: object }>('/api/preview', { workflow: 'nothing' });
    expect(none).toMatchObject({ status: 422, body: { error: { code: 'UNKNOWN_WORKFLOW' } } });
    const workflow = 'tracked-entities-to-cases';
    const nobody = await ask('/api/values', { workflow, id: 'nobody' });
    expect(nobody).toMatchObject({ status: 422, body: { error: { code: 'UNKNOWN_PERSON' } } });
  });

  it('previews the way back, with changes that are not of a person counted', async () => {
    const workflow = 'cases-to-tracked-entities';
    expect((await ask<Preview>('/api/preview', { workflow })).body.people).toEqual([]);
    const credentials = temporaryJson('credentials.json', servers.credentials);
    const run = await runCommand([
      ...['run', 'tracked-entities-to-cases', '--project', servers.project.folder],
      ...['--credentials', credentials],
    ]);
    expect(run.status).not.toBe(1);
    const { body } = await ask<Preview>('/api/preview', { workflow });
    expect(body.people.length).toBeGreaterThan(0);
    expect(body.people.length).toBeLessThanOrEqual(10);
    expect(body.people.flatMap(({ fields }) => fields)).toContain('ENRjVGxVL6l');
    const text = JSON.stringify(body);
    for (const value of servers.values) expect(text).not.toContain(value);
  });

  it('previews those who come after a state', async () => {
    const { folder } = servers.project;
    const [workflow, output] = ['tracked-entities-to-cases', path.join(folder, 'state.json')];
    const credentials = temporaryJson('credentials.json', servers.credentials);
    const first = await ask<Preview>('/api/preview', { workflow });
    const batch = temporaryJson('batch.json', { batchSize: 10 });
    await runCommand([
      ...['run', workflow, '-p', folder, '-c', credentials, '-s', batch, '-o', output],
    ]);
    const other = await startViewCommand(folder, '-c', credentials, '--state', output);
    const { own } = await visit(other);
    const answer = await send(other, '/api/preview', {
      ...{ method: 'POST', headers: own, body: { workflow } },
    });
    const next = (JSON.parse(answer.text) as Preview).people.map(({ id }) => id);
    expect(next.length).toBeGreaterThan(0);
    expect(next.filter(id => first.body.people.some(one => one.id === id))).toEqual([]);
    expect(await other.stop()).toBe(0);
  });
});

describe('a mapping with mistakes', () => {
  let servers: PeopleServers;
  beforeAll(async () => {
    servers = await startPeopleServers(['tracked-entities-to-cases'], {
      'map-people.js': source =>
        source
          .replace("attribute('ENRjVGxVL6l')", "attribute('Surnam')")
          .replace("FEMALE: 'FEMALE' }", "FEMALE: 'FEMALE', X: 'NO_SUCH' }"),
    });
  });
  afterAll(async () => {
    await servers.close();
    servers.project.remove();
  });

  it('shows each problem at its row', async () => {
    const credentials = temporaryJson('credentials.json', servers.credentials);
    view = await startViewCommand(servers.project.folder, '--credentials', credentials);
    page = await visit(view);
    await check();
    const rows = await rowsOf();
    const faulty = rows.filter(({ problems }) => problems.length > 0);
    expect(faulty.map(({ name }) => name)).toContain('case, row lastName');
    const [problem] = faulty.find(({ name }) => name === 'case, row lastName')!.problems;
    expect(problem).toContain('UNKNOWN_ATTRIBUTE');
    expect(problem).toContain('Surnam');
    expect(rows.find(({ name }) => name === 'case, row firstName')!.problems).toEqual([]);
    expect(await view.stop()).toBe(0);
  });

  it('names the credential that a server refuses, and tries it once', async () => {
    const { godata, dhis2 } = servers.credentials;
    const wrong = temporaryJson('credentials.json', { godata, dhis2: { ...dhis2, password: 'x' } });
    view = await startViewCommand(servers.project.folder, '--credentials', wrong);
    page = await visit(view);
    await check();
    const { other } = await read<Mapping>('/api/mapping');
    expect(other).toMatchObject([{ code: 'LOGIN_FAILED', credential: 'dhis2' }]);
    expect(view.printed()).not.toContain('LOGIN_FAILED');
    expect(await view.stop()).toBe(0);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => path.join(folder, name))
    .filter(file => statSync(file).isFile());
}
