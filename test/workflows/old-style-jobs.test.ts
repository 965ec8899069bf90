import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runWorkflow } from '#runtime/index.js';
import { ACRE, aCase, LOCATIONS, NORTH, OUTBREAK } from '../support/outbreak.js';
import { PROJECT, type Servers, type ServerTraits, startServers } from '../support/workflow.js';

let servers: Servers;
afterEach(() => servers?.close());

const DAY = '2026-03-04T00:00:00.000Z';
const SUSPECT = 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_SUSPECT';
const JOBS = path.join(PROJECT, 'test/workflows/old-style-jobs');

/** A project whose steps are jobs of the old style, one after the other. */
function projectOf(steps: Record<string, 'godata' | 'dhis2'>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'old-style-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(JOBS, path.join(folder, 'jobs'), { recursive: true });
  symlinkSync(path.join(PROJECT, 'adaptors'), path.join(folder, 'adaptors'));
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(folder, 'node_modules'));
  const names = Object.keys(steps);
  const jobs = names.map(
    name =>
      `      ${name}: { name: ${name}, adaptor: '@openfn/language-${steps[name]}@1.0.0', credential: a-${steps[name]}, body: { path: jobs/${name}.js } }`,
  );
  const edge = (from: string, to: string, condition: string) =>
    `      ${from}->${to}: { ${from === 'cron' ? 'source_trigger' : 'source_job'}: ${from}, target_job: ${to}, condition_type: ${condition}, enabled: true }`;
  const edges = names.map((name, index) =>
    edge(names[index - 1] ?? 'cron', name, index === 0 ? 'always' : 'on_job_success'),
  );
  const yaml = [
    'name: old-style',
    'credentials:',
    '  a-godata: { name: godata, owner: a@b.c }',
    '  a-dhis2: { name: dhis2, owner: a@b.c }',
    'workflows:',
    '  flow:',
    '    name: flow',
    '    jobs:',
    ...jobs,
    '    triggers:',
    '      cron: { type: cron, cron_expression: "0 5 * * *", enabled: true }',
    '    edges:',
    ...edges,
    '',
  ];
  writeFileSync(path.join(folder, 'project.yaml'), yaml.join('\n'));
  return folder;
}

async function start(traits: ServerTraits = {}): Promise<void> {
  servers = await startServers({ user: { activeOutbreakId: OUTBREAK }, ...traits });
  servers.goData.store.outbreaks.update(OUTBREAK, { caseIdMask: '*' });
}

async function run(steps: Record<string, 'godata' | 'dhis2'>, state: Record<string, unknown>) {
  const { credentials } = servers;
  const outcome = await runWorkflow({
    project: projectOf(steps),
    workflow: 'flow',
    credentials,
    state,
  });
  expect(outcome.errors).toEqual([]);
  return outcome;
}

describe('a job of the old style', () => {
  it('creates cases from the rows of a register, and finds the same ones again', async () => {
    await start();
    const row = (identifier: string, active: boolean) => ({
      identifier,
      active,
      name: 'Ada Low',
      born: '1990-02-03',
      place: ACRE,
      registered: '2026-03-04',
    });
    const input = () => ({
      outbreak: OUTBREAK,
      year: 2026,
      rows: [row('R-1', true), row('R-2', false), row('R-3', true)],
    });
    await run({ 'rows-to-cases': 'godata' }, input());
    await run({ 'rows-to-cases': 'godata' }, input());
    expect(servers.goData.store.people.all()).toMatchObject(
      ['R-1', 'R-3'].map(visualId => ({
        visualId,
        firstName: 'Ada',
        lastName: 'Low',
        classification: SUSPECT,
        age: { years: 36 },
        dateOfReporting: DAY,
      })),
    );
  });

  it('creates rows from the cases of one day', async () => {
    const addresses = [{ phoneNumber: '1234567890' }];
    await start({
      people: [
        aCase({ visualId: 'A', classification: 'SUSPECT', years: 40, addresses }),
        aCase({ visualId: 'B', sex: 'MALE', lastName: null, addresses: [{}] }),
        aCase({ date: '2026-03-05' }),
      ],
    });
    const { state } = await run({ 'cases-to-rows': 'godata' }, { cursor: DAY, year: 2026 });
    expect(state).toMatchObject({ data: [], references: [] });
    expect(state.rows).toEqual([
      {
        name: 'Secretname, Secretsurname',
        active: true,
        identifier: 'A',
        born: '1/1/1986',
        telephone: '123-456-7890',
        gender: 'FEMALE',
      },
      { name: 'Secretname, ', active: false, identifier: 'B', born: '1/1/1996', gender: 'MALE' },
    ]);
  });

  it('creates a case from a form, flat keys included', async () => {
    await start();
    const body = {
      patient: 'Ada Low',
      number: 'F-1',
      age: 30,
      country: 'Argentina',
      sex: 'female',
      day: '2026-03-04',
    };
    await run({ 'form-to-case': 'godata' }, { data: { body } });
    expect(servers.goData.store.people.all()).toMatchObject([
      {
        firstName: 'Ada',
        lastName: 'Low',
        visualId: 'F-1',
        'age:years': 30,
        'addresses:country': 'Argentina',
        gender: 'female',
        dateOfReporting: DAY,
      },
    ]);
  });

  it('creates locations from the hospitals of a directory, and finds the same ones again', async () => {
    await start();
    const facility = (name: string | undefined, amenity: string) => ({
      attributes: { name, amenity, uuid: `uuid-${name}` },
      centroid: { coordinates: [-11.5, 8.25] },
    });
    const data = {
      a: facility('General', 'hospital'),
      b: facility('Corner', 'pharmacy'),
      c: facility(undefined, 'hospital'),
      page: 1,
    };
    await run({ 'facilities-to-locations': 'godata' }, { data });
    await run({ 'facilities-to-locations': 'godata' }, { data });
    const locations = servers.goData.store.locations.list();
    expect(locations).toHaveLength(LOCATIONS.length + 1);
    expect(locations.find(({ name }) => name === 'General')).toMatchObject({
      parentLocationId: NORTH,
      identifiers: [{ description: 'uuid', code: 'uuid-General' }],
      geoLocation: { lat: 8.25, lng: -11.5 },
    });
  });

  it('writes the confirmed cases of one day to DHIS2', async () => {
    await start({
      people: [
        aCase(),
        aCase(),
        aCase({ date: '2026-03-05' }),
        aCase({ classification: 'PROBABLE' }),
      ],
      dhis2: seed => {
        seed.dataSets[0]!.periodType = 'Daily';
      },
    });
    const { dataSets, dataElements } = servers.dhis2.store.toJSON();
    const target = { dataSet: dataSets[0]!.id, orgUnit: ACRE, dataElement: dataElements[0]!.id };
    const steps = { 'confirmed-cases': 'godata', 'count-to-data-value': 'dhis2' } as const;
    const { state } = await run(steps, { cursor: DAY, target });
    expect(state.references).toMatchObject([{ statusCode: 200, body: { status: 'OK' } }]);
    expect(servers.dhis2.store.toJSON().dataValues).toMatchObject([
      { dataElement: target.dataElement, orgUnit: ACRE, period: '20260304', value: '2' },
    ]);
  });

  it('fails where it used to continue with an error as its state', async () => {
    await start();
    servers.goData.faults.add({
      kind: 'status',
      status: 403,
      route: 'GET /api/outbreaks/{id}/cases',
    });
    const outcome = await runWorkflow({
      project: projectOf({ 'confirmed-cases': 'godata', 'count-to-data-value': 'dhis2' }),
      workflow: 'flow',
      credentials: servers.credentials,
      state: { cursor: DAY },
    });
    expect(outcome.exitStatus).toBe(1);
    expect(outcome.errors).toMatchObject([{ step: 'confirmed-cases', code: 'ACCESS_DENIED' }]);
    expect(outcome.steps.map(({ step }) => step)).toEqual(['confirmed-cases']);
  });
});
