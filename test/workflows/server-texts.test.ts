import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { ACRE, aCase } from '../support/outbreak.js';
import { editProject } from '../support/project.js';
import { readRecord } from '../support/records.js';
import { startTwoWay } from '../support/two-way.js';
import { type Servers, startServers } from '../support/workflow.js';

/** What servers and databases say of what they refuse: it can be anything, and anybody's name. */
const SAID = 'ERROR: duplicate key. Detail: Key (value)=(Lovelace Ada) exists for `Lovelace`';
const NAMED = /Lovelace|Detail: Key/;
const ERROR = { status: 'ERROR', message: SAID, description: SAID };
const BODIES = {
  dhis2: [
    { httpStatusCode: 409, errorCode: SAID, ...ERROR },
    { ...ERROR, importCount: { imported: 0 }, conflicts: [{ object: SAID, value: SAID }] },
    {
      ...ERROR,
      importCount: { imported: 0 },
      conflicts: [{ errorCode: 'E7645', object: 'x', value: SAID, indexes: [0] }],
    },
    { response: { errorReports: [{ errorCode: 'E4000', message: SAID }] } },
    { response: { uid: SAID, errorReports: [{ errorCode: SAID, errorProperty: SAID }] } },
  ],
  goData: [
    { error: { statusCode: 409, message: SAID, details: { accessErrors: SAID } } },
    { error: { statusCode: 422, code: SAID, message: SAID } },
    { error: { message: SAID, details: { codes: { [SAID]: [SAID] } } } },
    { error: { code: 'MISSING_REQUIRED_PERMISSION', details: { permissions: [SAID] } } },
    { error: { code: 'ACCESS_DENIED', message: SAID, details: { accessErrors: SAID } } },
  ],
} as const;
const STATUSES = [400, 403, 409, 422];

let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.map(one => one.close()));
  open = [];
});

describe('what a server says in its own words', () => {
  it.each(['dhis2', 'goData'] as const)(
    'reaches no output of a command and no file of it, whichever request %s refuses',
    async system => {
      const start = async (): Promise<Servers> => {
        const started = await startServers({ people: [aCase({ location: ACRE })] });
        open.push(started);
        return started;
      };
      const servers = await start();
      const project = editProject({});
      const credentials = temporaryJson('credentials.json', servers.credentials);
      const state = temporaryJson('state.json', { today: '2026-04-01' });
      const run = () =>
        runCommand(
          [
            ...['run', 'cases-to-data-values', '--json', '--verbose', '--project', '.'],
            ...['--credentials', credentials, '--state', state, '--output', 'out.json'],
          ],
          project.folder,
        );
      expect(await run()).toMatchObject({ status: 0 });
      const routes = Object.keys(servers[system].requests.byRoute());
      let refused = 0;
      for (const [n, route] of routes.entries()) {
        for (const [m, body] of BODIES[system].entries()) {
          const status = STATUSES[(n + m) % STATUSES.length]!;
          servers[system].faults.add({ kind: 'status', status, route, body, times: 9 });
          const result = await run();
          servers[system].faults.clear();
          if (result.status !== 0) refused += 1;
          const output = path.join(project.folder, 'out.json');
          const state = existsSync(output) ? readFileSync(output, 'utf8') : '';
          const files = ['report.json', 'changes.csv', 'undo.csv'].map(file =>
            readRecord(project.folder, file, 'cases-to-data-values'),
          );
          const told = [result.stdout, result.stderr, state, ...files].join('\n');
          expect(told, `${route} ${status}`).not.toMatch(NAMED);
        }
      }
      expect(refused).toBeGreaterThan(routes.length);
      project.remove();
    },
    120_000,
  );

  it.each([
    ['dhis2', 'godata'],
    ['dhis2', 'dhis2'],
    ['goData', 'godata'],
    ['goData', 'dhis2'],
  ] as const)(
    'reaches neither error nor report of people, whichever request %s refuses on the way to %s',
    async (system, toward) => {
      const servers = await startTwoWay({ people: 3 });
      open.push(servers);
      if (toward === 'dhis2') await servers.run('godata');
      servers[system].requests.reset();
      const before = servers.state;
      await servers.run(toward);
      const routes = Object.keys(servers[system].requests.byRoute());
      for (const [n, route] of routes.entries()) {
        const bodies: readonly object[] = BODIES[system];
        const body = bodies[n % bodies.length]!;
        const status = STATUSES[n % STATUSES.length]!;
        servers[system].faults.add({ kind: 'status', status, route, body, times: 9 });
        servers.state = { ...before, cursor: undefined };
        const told = await servers.run(toward).then(
          state => JSON.stringify(state.report),
          error => JSON.stringify([error, error.message, error.fix]),
        );
        servers[system].faults.clear();
        expect(told, `${route} ${status}`).not.toMatch(NAMED);
      }
    },
    120_000,
  );
});

describe('a failure of a server', () => {
  it('names the time in its log, by its own clock', async () => {
    const servers = await startServers({ people: [aCase()] });
    open.push(servers);
    const date = 'Sun, 29 Nov 2026 10:05:12 GMT';
    const fault = { kind: 'status', status: 501, headers: { Date: date } } as const;
    servers.dhis2.faults.add({ ...fault, route: 'POST /api/dataValueSets', body: ERROR, times: 9 });
    const { errors } = await servers.run();
    expect(errors).toMatchObject([
      {
        code: 'SERVER_ERROR',
        message: 'DHIS2 answered POST /dataValueSets with status 501.',
        fix: expect.stringContaining("the server's log, at 2026-11-29T10:05:12Z"),
      },
    ]);
  });
});
