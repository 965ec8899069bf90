import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { runOperations } from '../support/operations.js';
import { aCase, DALE, NORTH } from '../support/outbreak.js';
import { type EditedProject, editProject } from '../support/project.js';
import { PROJECT, type Servers, startServers, valuesInWords } from '../support/workflow.js';

let servers: Servers;
let project: EditedProject | undefined;
afterEach(async () => {
  await servers?.close();
  project?.remove();
  project = undefined;
});

/** Runs the command; `mapping` is added to the mapping's keys. */
async function run(mapping = '', state: object = {}, ...more: string[]) {
  if (mapping) {
    const add = (source: string) => source.replace('  dataSet,', `  dataSet,\n  ${mapping},`);
    project = editProject({ 'aggregate.js': add });
  }
  return runCommand([
    'run',
    'cases-to-data-values',
    '--project',
    project?.folder ?? PROJECT,
    '--credentials',
    temporaryJson('credentials.json', servers.credentials),
    '--state',
    temporaryJson('state.json', { today: '2026-04-01', ...state }),
    ...more,
  ]);
}

const some = (number: number, traits: Parameters<typeof aCase>[0] = {}) =>
  Array.from({ length: number }, () => aCase(traits));

/** 3 of 10 reach a value; 2 others are discarded, 2 are dated in the future. */
const MOSTLY_OMITTED = () => [
  ...some(3),
  ...some(4, { classification: 'EPI_LINKED' }),
  ...some(2, { location: null }),
  ...some(1, { date: null }),
  ...some(2, { classification: 'NOT_A_CASE_DISCARDED' }),
  ...some(2, { date: '2026-12-01' }),
];
const LINE =
  '3 of 10 cases (30 %) reach a value; 7 omitted: classification=EPI_LINKED (4), no-location (2), no-date (1); 4 left out on purpose: classification=NOT_A_CASE_DISCARDED (2), future-date (2)';

describe('a run of which too little reaches a value', () => {
  it.each([[[]], [['--dry-run']]])('stops before it writes, with the reason (%j)', async flags => {
    servers = await startServers({ people: MOSTLY_OMITTED() });
    const { status, stdout, stderr } = await run('', {}, ...flags);
    expect(status).toBe(2);
    expect(stdout.split('\n').slice(0, 2)).toEqual(['Summary', `  ${LINE}`]);
    expect(stderr).toContain(`LOW_COVERAGE: ${LINE}. minCoverage of the mapping asks for 50 %.`);
    expect(stderr).toContain('unmapped-code: map the codes in where and categoryOptions');
    expect(stderr).toContain('no-location: enter the place of residence in Go.Data');
    expect(stderr).toContain('no-date: enter the date in Go.Data');
    expect(valuesInWords(servers.dhis2)).toEqual({});
    expect(servers.dhis2.requests.writes()).toBe(0);
  });

  it('writes if the mapping requires less', async () => {
    servers = await startServers({ people: MOSTLY_OMITTED() });
    const { status, stdout, stderr } = await run('minCoverage: 0.3');
    expect(status, stderr).toBe(0);
    expect(stdout.split('\n')[0]).toBe(LINE);
    expect(stdout).toContain(`Summary\n  ${LINE}\n  fetch-cases: `);
    expect(Object.values(valuesInWords(servers.dhis2))).toEqual(['3']);
  });

  it('stops in the operations alone, as another host runs them', async () => {
    servers = await startServers({ people: [...some(1), ...some(2, { location: DALE })] });
    const mapping = { orgUnits: { by: ['table' as const], table: { VillageA001: 'VillageA001' } } };
    await expect(runOperations(servers, { mapping })).rejects.toMatchObject({
      code: 'MAPPING_PROBLEMS',
      kind: 'configuration',
      message: expect.stringMatching(
        /LOW_COVERAGE: 1 of 3 cases \(33 %\) reach a value; 2 omitted: unmapped-location \(2\)\..*orgUnits\.table/,
      ),
    });
    expect(servers.dhis2.requests.writes()).toBe(0);
  });
});

describe('the coverage', () => {
  it('is in the log of the step that counts it, which is all that some hosts show', async () => {
    servers = await startServers({ people: [...some(3), ...some(1, { location: null })] });
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    await runOperations(servers);
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    const line = '3 of 4 cases (75 %) reach a value; 1 omitted: no-location (1)';
    expect(lines).toContain(`report: aggregate: ${line}`);
  });

  it('counts nothing that is omitted on purpose', async () => {
    servers = await startServers({
      people: [
        ...some(1),
        ...some(3, { date: '2026-01-05' }),
        ...some(3, { classification: 'NOT_A_CASE_DISCARDED' }),
        ...some(3, { date: '2026-12-01' }),
      ],
    });
    const { status, stdout } = await run('', { since: '2026-03-01' });
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe(
      '1 of 1 cases (100 %) reach a value; 9 left out on purpose: classification=NOT_A_CASE_DISCARDED (3), future-date (3), outside-window (3)',
    );
  });

  it('of a window does not fall with old cases that have no date', async () => {
    const old = [...some(20, { date: '2026-01-05' }), ...some(9, { date: null })];
    servers = await startServers({ people: [...some(3), ...old] });
    const { status, stdout } = await run('', { since: '2026-03-01' });
    expect(stdout.split('\n')[0]).toBe(
      '3 of 3 cases (100 %) reach a value; 29 left out on purpose: outside-window (20), no-date (9)',
    );
    expect(status).toBe(0);
    // An outbreak that has ended: the schedule goes on.
    const ended = await run('', { since: '2026-03-30' });
    expect(ended.stdout).toContain('0 of 0 cases reach a value; 32 left out on purpose');
    expect(ended.status).toBe(0);
  });

  it('of a window falls when most cases have no date: another one is meant', async () => {
    servers = await startServers({ people: [...some(3), ...some(4, { date: null })] });
    const { status, stderr } = await run('', { since: '2026-03-01' });
    expect(stderr).toContain('LOW_COVERAGE: 3 of 7 cases (42 %) reach a value; 4 omitted: no-date');
    expect(status).toBe(2);
  });

  it('of an outbreak without cases is no reason to stop', async () => {
    servers = await startServers({ people: [] });
    const { status, stdout } = await run();
    expect(status).toBe(0);
    expect(stdout).toContain('Summary\n  0 of 0 cases reach a value\n');
  });

  it('is in the report for programs', async () => {
    servers = await startServers({
      people: [...some(3), ...some(1, { location: NORTH, date: null })],
    });
    const { stdout } = await run('', {}, '--json');
    expect(JSON.parse(stdout).report.aggregate.coverage).toEqual({
      things: 'cases',
      verb: 'reach a value',
      reached: 3,
      expected: 4,
      omitted: [{ reason: 'no-date', subject: '', count: 1 }],
      onPurpose: [],
    });
  });

  it.each(['50', '-0.1', "'0.5'", 'null'])('is refused as %s', async value => {
    servers = await startServers({ people: some(1) });
    const { status, stderr } = await run(`minCoverage: ${value}`);
    expect(status).toBe(2);
    expect(stderr).toContain('minCoverage: must be a number from 0 to 1.');
  });
});
