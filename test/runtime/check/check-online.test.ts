import { afterEach, describe, expect, it } from 'vitest';
import { demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import type { MetadataObject } from '#sandbox/dhis2/metadata/object-types.js';
import { startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { joinServers } from '../../support/both-servers.js';
import { runCommand, temporaryJson } from '../../support/command.js';
import { aCase } from '../../support/outbreak.js';
import { editProject } from '../../support/project.js';
import { type Servers, startServers } from '../../support/workflow.js';

const TODAY = '2026-11-24';

let servers: Servers;
afterEach(() => servers.close());

const check = (folder: string, ...more: string[]) =>
  runCommand([
    'check',
    '--project',
    folder,
    '--online',
    '--credentials',
    temporaryJson('credentials.json', servers.credentials),
    ...more,
  ]);

interface Finding {
  workflow: string;
  severity: string;
  code: string;
  message: string;
}
const findingsOf = ({ stdout }: { stdout: string }, workflow: string) =>
  (JSON.parse(stdout).online as Finding[]).filter(one => one.workflow === workflow);

describe('check --online', () => {
  it('finds what a live server lacks, and writes nothing', async () => {
    servers = await startServers({ people: [aCase(), aCase({ classification: 'EPI_LINKED' })] });
    const project = editProject({
      'aggregate.js': source => source.replace("'SEX_MALE'", "'SEX_MAEL'"),
    });
    const result = await check(project.folder, '--json');
    expect(findingsOf(result, 'cases-to-data-values')).toMatchObject([
      { severity: 'error', code: 'MAPPING_PROBLEMS' },
      { severity: 'warning', code: 'unmapped-code' },
    ]);
    expect(result.status).toBe(2);
    expect(servers.dhis2.requests.writes() + servers.goData.requests.writes()).toBe(0);
    project.remove();
  });

  it('accepts a mapping that matches the server', async () => {
    servers = await startServers({ people: [aCase()] });
    const project = editProject({});
    const result = await check(project.folder, '--json');
    expect(findingsOf(result, 'cases-to-data-values')).toEqual([]);
    expect(findingsOf(result, 'org-units-to-locations')).toEqual([]);
    project.remove();
  });

  it('tells what many values have in common in one line, and names all with --json', async () => {
    const places = Array.from({ length: 8 }, (_, n) => `a0000000-0000-4000-8000-00000000000${n}`);
    servers = await startServers({
      people: [
        ...places.flatMap(location => [aCase({ location }), aCase({ location })]),
        ...Array.from({ length: 20 }, () => aCase()),
      ],
    });
    const project = editProject({});
    const all = findingsOf(await check(project.folder, '--json'), 'cases-to-data-values');
    expect(all.map(({ message }) => message)).toEqual(
      places.map(id => `${id} (2) would be left out.`),
    );
    const few = places.slice(0, 5).map(id => `${id} (2)`);
    const { stdout } = await check(project.folder);
    expect(stdout).toContain(
      `cases-to-data-values, aggregate: warning: 8 values (16) would be left out: ${few.join(', ')} and 3 more. (unmapped-location)`,
    );
    expect(stdout).toMatch(/live servers: \d+ errors?, 1 warning\.\nWith --json/);
    project.remove();
  });

  it('says how many of the people have a value for each field, which is no problem', async () => {
    const { orgUnits, goData } = generateOutbreak({ today: TODAY, cases: 0 });
    const seed = addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people: 20 });
    const [account] = goData.users!;
    const both = joinServers(
      await startGoData({ seed: goData }),
      await startDhis2({ seed, version: '2.42', clock: () => new Date(`${TODAY}T12:00:00.000Z`) }),
      account as { email: string; password: string },
    );
    servers = { ...both, run: () => Promise.reject(new Error('Nothing is run.')) };
    const project = editProject({});
    const result = await check(project.folder, '--json');
    const notes = findingsOf(result, 'tracked-entities-to-cases').filter(
      ({ severity }) => severity === 'note',
    );
    expect(notes).toHaveLength(1);
    expect(notes[0]!.message).toMatch(/^Of \d+ people, these have a value: .*lastName \d+/);
    const { given } = notes[0] as Finding & { given: { fields: Record<string, number> } };
    const empty = Object.values(given.fields).filter(count => count === 0).length;
    const { stdout } = await check(project.folder);
    expect(stdout).toMatch(
      new RegExp(
        `people, \\d+ of \\d+ fields have a value\\. Nobody has .* and ${empty - 5} more\\. \\(coverage\\)`,
      ),
    );
    project.remove();
  });

  it.each([
    ['2.42', 'programStages', 'LpWNjNGvCO5'],
    ['2.44', 'trackedEntityAttributes', 'sB1IHYu2xQT'],
  ] as const)(
    'on %s finds among the %s what the account may not read, in both directions',
    async (version, collection, id) => {
      const { orgUnits, goData } = generateOutbreak({ today: TODAY, cases: 5 });
      const seed = addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people: 5 });
      (seed[collection] as MetadataObject[]).find(one => one.id === id)!.readAccess = ['admin'];
      const [outbreak] = goData.outbreaks!;
      const [account] = goData.users!;
      const both = joinServers(
        await startGoData({ seed: { ...goData, outbreaks: [{ ...outbreak!, name: 'COVID-19' }] } }),
        await startDhis2({ seed, version, clock: () => new Date(`${TODAY}T12:00:00.000Z`) }),
        account as { email: string; password: string },
      );
      servers = { ...both, run: () => Promise.reject(new Error('Nothing is run.')) };
      const project = editProject({});
      const result = await check(project.folder, '--json');
      for (const [workflow, code] of [
        ['tracked-entities-to-cases', 'UNREADABLE_FIELDS'],
        ['cases-to-tracked-entities', 'BAD_MAPPING'],
      ] as const) {
        const found = findingsOf(result, workflow);
        expect(found.filter(({ severity }) => severity === 'error')).toEqual([
          expect.objectContaining({
            severity: 'error',
            code,
            message: expect.stringContaining(id),
          }),
        ]);
      }
      // This outbreak has no questionnaire, which is worth knowing and stops nothing.
      expect(findingsOf(result, 'cases-to-tracked-entities')).toContainEqual(
        expect.objectContaining({
          severity: 'warning',
          code: 'no-questions',
          message: expect.stringMatching(/^The outbreak "COVID-19" has no questions for cases\. /),
        }),
      );
      expect(servers.dhis2.requests.writes() + servers.goData.requests.writes()).toBe(0);
      project.remove();
    },
    60_000,
  );

  it.each([
    [['godata'], 1, 1],
    [['dhis2'], 1, 1],
    [['godata', 'dhis2'], 1, 1],
  ] as const)(
    'tries each credential once, and reads nothing if %j is wrong',
    async (wrong, logins, reads) => {
      servers = await startServers({ people: [aCase()] });
      for (const name of wrong) servers.credentials[name].password = 'wrong';
      const project = editProject({});
      const { status, stdout } = await check(project.folder, '--json');
      expect(JSON.parse(stdout).online).toEqual(
        wrong.map(credential =>
          expect.objectContaining({ severity: 'error', credential, code: 'LOGIN_FAILED' }),
        ),
      );
      expect(status).toBe(2);
      const { 'POST /api/users/login': made, ...others } = servers.goData.requests.byRoute();
      expect(made).toBe(logins);
      expect(Object.keys(others)).toEqual(
        (wrong as readonly string[]).includes('godata') ? [] : ['GET /api/users/{id}'],
      );
      expect(servers.dhis2.requests.count()).toBe(reads);
      project.remove();
    },
  );

  it('names the credential that a server refuses', async () => {
    servers = await startServers({});
    servers.credentials.godata.password = 'wrong';
    const project = editProject({});
    const { stdout } = await check(project.folder);
    expect(stdout).toContain('credential godata: error: Go.Data refused');
    project.remove();
  });

  it('asks for missing credentials', async () => {
    servers = await startServers({});
    const project = editProject({});
    const { status, stdout } = await runCommand(['check', '--project', project.folder, '--online']);
    expect(stdout).toContain('--credentials');
    expect(status).toBe(2);
    project.remove();
  });
});
