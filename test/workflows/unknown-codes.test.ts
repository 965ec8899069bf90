import { afterEach, describe, expect, it } from 'vitest';
import { aggregate } from '#dhis2/Adaptor.js';
import { tally } from '#godata/Adaptor.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { runOperations } from '../support/operations.js';
import { aCase } from '../support/outbreak.js';
import { type EditedProject, editProject } from '../support/project.js';
import { type Servers, startServers } from '../support/workflow.js';

let servers: Servers | undefined;
let project: EditedProject | undefined;
afterEach(async () => {
  await servers?.close();
  project?.remove();
  servers = undefined;
  project = undefined;
});

const BANDS = 'ageBoundaries = [5, 15, 25, 50, 65]';
const withBands = (bands: string) => (source: string) =>
  source.replace(BANDS, `ageBoundaries = ${bands}`);

async function check(edits: Parameters<typeof editProject>[0]) {
  project = editProject(edits);
  const { status, stdout } = await runCommand(['check', '--project', project.folder]);
  return { status, lines: stdout.split('\n').filter(line => line.includes('(unfit-step)')) };
}

async function run(edits: Parameters<typeof editProject>[0]) {
  servers = await startServers({ people: [aCase(), aCase({ years: 13 })] });
  project = editProject(edits);
  const { status, stderr } = await runCommand([
    'run',
    'cases-to-data-values',
    '--project',
    project.folder,
    '--credentials',
    temporaryJson('credentials.json', servers.credentials),
    '--state',
    temporaryJson('state.json', { today: '2026-04-01' }),
  ]);
  expect(servers.dhis2.requests.writes()).toBe(0);
  return { status, lines: stderr.split('\n').filter(line => /^\s*- [A-Z_]+: /.test(line)) };
}

describe('codes of a mapping that the counts never have', () => {
  const edits = { 'fetch-cases.js': withBands('[5, 13, 25, 50, 65]') };
  const message =
    /dataValues\[0\]\.categoryOptions\.age: the counts never have age=15-24\. They have: 13-24, .*5-12.*\. Also: dataValues\[1\]\.categoryOptions\.age, /;

  it('are an error of check, at their place in the job, once for each code', async () => {
    const { status, lines } = await check(edits);
    expect(status).toBe(2);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^jobs\/cases-to-data-values\/aggregate\.js:20:5: error: .*age=5-14/);
    expect(lines[1]).toMatch(/^jobs\/cases-to-data-values\/aggregate\.js:21:5: error: /);
    expect(lines[1]).toMatch(message);
  });

  it('are an error of the run, and nothing is written', async () => {
    const { status, lines } = await run(edits);
    expect(status).toBe(2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^- UNKNOWN_CODE: /);
    expect(lines[1]).toMatch(message);
  });

  it.each([
    [
      'where',
      "hospitalised: 'YES'",
      "hospitalised: 'Yes'",
      'dataValues[4].where.hospitalised',
      'YES, NO',
    ],
    ['leaveOut', 'leaveOut: { ', "leaveOut: { age: '0-5', ", 'leaveOut.age', '0-4'],
  ])('are found in %s, too', async (_, from, to, place, nearest) => {
    const { status, lines } = await check({ 'aggregate.js': source => source.replace(from, to) });
    expect(status).toBe(2);
    expect(lines).toEqual([expect.stringContaining(`${place}: the counts never have `)]);
    expect(lines[0]).toContain(`They have: ${nearest}`);
  });

  it('are not known of a dimension to which countries add codes', async () => {
    const edit = (source: string) => source.replace("'PROBABLE'", "'PROVAVEL'");
    expect(await check({ 'aggregate.js': edit })).toEqual({ status: 0, lines: [] });
  });

  it('are known of an own dimension that lists its codes', async () => {
    const edits = {
      'fetch-cases.js': (source: string) =>
        source.replace(
          'sex: sex(),',
          "sex: sex(), risk: { fields: ['riskLevel'], codes: ['HIGH', 'UNKNOWN'], code: person => person.riskLevel },",
        ),
      'aggregate.js': (source: string) =>
        source.replace('leaveOut: { ', "leaveOut: { risk: 'LOW', "),
    };
    const { lines } = await check(edits);
    expect(lines).toEqual([expect.stringContaining('the counts never have risk=LOW')]);
    project!.remove();
    expect((await run(edits)).lines).toEqual([expect.stringContaining('risk=LOW')]);
  });
});

describe('a kind of stay that no case has', () => {
  const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_DATE_TYPE_';
  const stay = (kind: string) => ({ typeId: TYPE + kind, startDate: '2026-03-04T00:00:00.000Z' });

  async function warningsOf(...kinds: string[]) {
    const people = [aCase(), { ...aCase(), dateRanges: kinds.map(stay) }];
    servers = await startServers({ people });
    project = editProject({
      'fetch-cases.js': source => source.replace("'HOSPITALIZATION'", "'HOSPITALISATION'"),
    });
    const { status, stdout } = await runCommand([
      ...['run', 'cases-to-data-values', '--project', project.folder, '--dry-run'],
      ...['--credentials', temporaryJson('credentials.json', servers.credentials)],
      ...['--state', temporaryJson('state.json', { today: '2026-04-01' })],
    ]);
    expect(status).toBe(0);
    return stdout.split('\n').filter(line => line.includes('hospitalised: '));
  }

  it('is a warning that names the nearest of those that are there', async () => {
    expect(await warningsOf('ISOLATION', 'HOSPITALIZATION')).toEqual([
      expect.stringContaining(
        'no record has a date range HOSPITALISATION, so all are NO. There are: HOSPITALIZATION, ISOLATION.',
      ),
    ]);
  });

  it('is no warning where it is there, or where nobody has any', async () => {
    expect(await warningsOf('ISOLATION', 'HOSPITALISATION')).toEqual([]);
    await servers!.close();
    project!.remove();
    expect(await warningsOf()).toEqual([]);
  });
});

describe('dimensions of a mapping that the counts do not have', () => {
  const edits = { 'aggregate.js': (source: string) => source.replace('  age: {', '  agee: {') };

  it('are an error of check that names the nearest', async () => {
    const { status, lines } = await check(edits);
    expect(status).toBe(2);
    expect(lines).toEqual([
      expect.stringContaining('"agee" is not a dimension of the counts. They have: age, '),
    ]);
  });

  it('are an error of the run', async () => {
    servers = await startServers({ people: [aCase()] });
    await expect(
      runOperations(servers, { mapping: { leaveOut: { agee: 'x' } } }),
    ).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('leaveOut.agee'),
    });
  });
});

describe('a mapping that is wrong in itself', () => {
  it('is an error of check', async () => {
    const edit = (source: string) => source.replace('leaveOut:', 'leaveOt:');
    const { status, lines } = await check({ 'aggregate.js': edit });
    expect(status).toBe(2);
    expect(lines).toEqual([expect.stringContaining('"leaveOt" is not known')]);
  });

  const ONE = "where: { classification: 'SUSPECT' }";
  it.each([
    // A name that a constant does not have: JavaScript says nothing.
    [ONE, 'where: { classification: anyCase.suspected }', 'where.classification: must be a code'],
    [ONE, 'where: { classification: [5] }', 'where.classification: must be a code'],
    [ONE, 'where: { classification: [] }', 'where.classification: lists no code'],
    [ONE, "where: 'SUSPECT'", 'where: must be an object'],
    ["{ classification: 'NOT_A_CASE_DISCARDED' }", '{ sex: null }', 'leaveOut.sex: must be a code'],
    ['  dataSet,', "  dataSet, attributeOptions: 'P1',", 'attributeOptions: must be a list'],
    ['  dataSet,', '  dataSet, attributeOptions: [5],', 'attributeOptions: must be a list'],
    ["by: ['id', 'code']", "by: ['table'], table: null", 'orgUnits.table: must give'],
    ["by: ['id', 'code']", 'table: { a: 5 }', 'orgUnits.table: must give'],
  ])('is an error of check, and of the run before it writes: %s as %s', async (from, to, words) => {
    const edit = (source: string) => source.replace(from, to);
    const { status, lines } = await check({ 'aggregate.js': edit });
    expect(lines).toEqual([expect.stringContaining(words)]);
    expect(status).toBe(2);
    servers = await startServers({ people: [aCase()] });
    const { stderr } = await runCommand([
      ...['run', 'cases-to-data-values', '--project', project!.folder],
      ...['--credentials', temporaryJson('credentials.json', servers.credentials)],
    ]);
    expect(stderr).toContain(words);
    expect(stderr).toContain('(BAD_OPTION)');
    expect(servers.dhis2.requests.writes()).toBe(0);
  });
});

it('operations stay plain functions of a state', async () => {
  expect(Object.keys(tally('cases', { outbreak: { id: 'x' }, periodType: 'Weekly' }))).toEqual([]);
  expect(Object.keys(aggregate(() => ({ dataSet: 'x', dataValues: [] })))).toEqual([]);
});
