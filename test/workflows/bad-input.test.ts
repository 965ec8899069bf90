import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { startTestServer } from '../support/http-server.js';
import { aCase } from '../support/outbreak.js';
import { type EditedProject, editProject } from '../support/project.js';
import { PROJECT, type Servers, type ServerTraits, startServers } from '../support/workflow.js';

let servers: Servers | undefined;
let project: EditedProject | undefined;
afterEach(async () => {
  await servers?.close();
  project?.remove();
  servers = undefined;
  project = undefined;
});

type Credentials = Servers['credentials'];

/** Runs the command against the test servers and checks that nothing was written anywhere. */
async function runAgainst(
  traits: ServerTraits,
  edits: {
    credentials?: (given: Credentials) => unknown;
    jobs?: Parameters<typeof editProject>[0];
  } = {},
) {
  servers = await startServers({ people: [aCase()], ...traits });
  if (edits.jobs) project = editProject(edits.jobs);
  const credentials = temporaryJson(
    'credentials.json',
    edits.credentials?.(structuredClone(servers.credentials)) ?? servers.credentials,
  );
  const state = temporaryJson('state.json', { today: '2026-04-01' });
  const result = await runCommand([
    'run',
    'cases-to-data-values',
    '--project',
    project?.folder ?? PROJECT,
    '--credentials',
    credentials,
    '--state',
    state,
  ]);
  expect(servers.dhis2.requests.writes() + servers.goData.requests.writes()).toBe(0);
  return { ...result, text: result.stdout + result.stderr };
}

const goDataAt = (apiUrl: string) => (given: Credentials) => ({
  ...given,
  godata: { ...given.godata, apiUrl },
});
const dhis2At = (hostUrl: string) => (given: Credentials) => ({
  ...given,
  dhis2: { ...given.dhis2, hostUrl },
});

describe('a server that cannot be reached', () => {
  it.each([
    ['Go.Data', goDataAt('http://no-such-host.invalid/api')],
    ['DHIS2', dhis2At('http://no-such-host.invalid')],
  ])('%s with a wrong address', async (system, credentials) => {
    const { status, text } = await runAgainst({}, { credentials });
    expect(status).toBe(1);
    expect(text).toContain(`${system} cannot be reached: its host name is not known`);
  });

  it('refuses the connection', async () => {
    const { status, text } = await runAgainst(
      {},
      { credentials: goDataAt('http://127.0.0.1:9/api') },
    );
    expect(status).toBe(1);
    expect(text).toContain('Go.Data cannot be reached: nothing answers at its address and port');
  });

  it('is a proxy that answers with its own page', async () => {
    const proxy = await startTestServer((_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Welcome</html>'),
    );
    try {
      const { status, text } = await runAgainst({}, { credentials: goDataAt(`${proxy.url}/api`) });
      expect(status).toBe(1);
      expect(text).toContain("A web page came back instead of Go.Data's answer");
    } finally {
      await proxy.close();
    }
  });

  it('is another program that speaks JSON', async () => {
    const other = await startTestServer((_, response) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"hello":"world"}'),
    );
    try {
      const godata = await runAgainst({}, { credentials: goDataAt(`${other.url}/api`) });
      expect(godata.status).toBe(2);
      expect(godata.text).toContain('The server at apiUrl is not Go.Data');
      await servers!.close();
      const dhis2 = await runAgainst({}, { credentials: dhis2At(other.url) });
      expect(dhis2.status).toBe(2);
      expect(dhis2.text).toContain('does not report a DHIS2 version');
    } finally {
      await other.close();
    }
  });
});

describe('an account that may not write', () => {
  it('has another password: tried once, never again', async () => {
    const { status, text } = await runAgainst(
      {},
      {
        credentials: given => ({
          ...given,
          godata: { ...given.godata, password: 'wrong-password' },
        }),
      },
    );
    expect(status).toBe(2);
    expect(text).toContain('Go.Data refused the e-mail address or the password');
    expect(text).not.toContain('wrong-password');
    expect(servers!.goData.requests.byRoute()['POST /api/users/login']).toBe(1);
  });

  it('has another password in DHIS2', async () => {
    const { status, text } = await runAgainst(
      {},
      {
        credentials: given => ({ ...given, dhis2: { ...given.dhis2, password: 'wrong-password' } }),
      },
    );
    expect(status).toBe(2);
    expect(text).toContain('DHIS2 refuses the user name and password');
  });

  it('is locked', async () => {
    const { status, text } = await runAgainst({ user: { locked: true } });
    expect(status).toBe(1);
    expect(text).toContain('locked the account');
    expect(text).toContain('wait 30 minutes');
  });

  it('asks for a second factor', async () => {
    const { status, text } = await runAgainst({ user: { twoFactor: true } });
    expect(status).toBe(2);
    expect(text).toContain('without two-factor authentication');
  });

  it('lacks a permission to write: the permission is named, and nothing is written', async () => {
    servers = await startServers({ user: { permissions: ['location_import'] } });
    const before = JSON.stringify(servers.goData.store.locations.list());
    const credentials = temporaryJson('credentials.json', servers.credentials);
    const workflow = ['org-units-to-locations', '--project', PROJECT];
    const { status, stderr } = await runCommand(['run', ...workflow, '--credentials', credentials]);
    expect(status).toBe(1);
    expect(stderr).toContain('does not have the permission location_modify');
    expect(JSON.stringify(servers.goData.store.locations.list())).toBe(before);
  });

  it('lacks case_list, which the server does not report', async () => {
    const { status, text } = await runAgainst({
      user: { permissions: ['outbreak_all', 'location_all'] },
    });
    expect(status).toBe(1);
    expect(text).toContain('does not have the permission case_list');
  });
});

describe('a credential that is not valid', () => {
  it.each([
    [
      'lacks a field',
      (given: Credentials) => ({ ...given, godata: { apiUrl: 'http://x/api', email: 'a@b.c' } }),
      /godata.*password/s,
    ],
    [
      'has something that is not an address',
      (given: Credentials) => ({
        ...given,
        dhis2: { ...given.dhis2, hostUrl: 'dhis2.example.org' },
      }),
      /dhis2.*hostUrl/s,
    ],
    ['is missing', ({ godata }: Credentials) => ({ godata }), /dhis2/],
  ])('%s: the field is named, the value is not', async (_, credentials, message) => {
    const { status, text } = await runAgainst({}, { credentials });
    expect(status).toBe(2);
    expect(text).toMatch(message);
    expect(text).not.toContain('Integration-1!');
    expect(servers!.goData.requests.count()).toBe(0);
  });
});

describe('a job with a mistake', () => {
  it('names an outbreak that does not exist: the existing ones are listed', async () => {
    const { status, text } = await runAgainst(
      {},
      { jobs: { 'fetch-cases.js': source => source.replace('Demonstration outbreak', 'Ebola') } },
    );
    expect(status).toBe(2);
    expect(text).toContain('no outbreak with the name "Ebola"');
    expect(text).toContain('"Demonstration outbreak"');
  });

  it('has a syntax error: file and line are named', async () => {
    const { status, text } = await runAgainst(
      {},
      {
        jobs: { 'aggregate.js': source => source.replace('const dataSet =', 'const dataSet = =') },
      },
    );
    expect(status).toBe(2);
    expect(text).toMatch(/aggregate\.js:5/);
    expect(servers!.goData.requests.count()).toBe(0);
  });

  it('misspells an option', async () => {
    const { status, text } = await runAgainst(
      {},
      { jobs: { 'upsert-data-values.js': source => source.replace('owner:', 'ownr:') } },
    );
    expect(status).toBe(2);
    expect(text).toContain('"ownr" is not known');
  });

  it('has a dimension that reads what it does not declare', async () => {
    const { status, text } = await runAgainst(
      {},
      {
        jobs: {
          'fetch-cases.js': source =>
            source.replace(
              'sex: sex(),',
              "sex: sex(), risk: { fields: ['id'], code: person => person.riskLevel },",
            ),
        },
      },
    );
    expect(status).toBe(2);
    expect(text).toContain(
      'dimensions.risk: its function reads riskLevel, which is not among its fields',
    );
  });

  it('does not fit the server: all problems are listed at once', async () => {
    const { status, text } = await runAgainst(
      {
        dhis2: seed => {
          seed.systemInfo = { ...seed.systemInfo, calendar: 'ethiopian' };
        },
      },
      {
        jobs: {
          'fetch-cases.js': source =>
            source.replace("periodType = 'Weekly'", "periodType = 'Monthly'"),
          'aggregate.js': source =>
            source
              .replace("dataElement: 'OUTBREAK_DEATHS'", "dataElement: 'NO_SUCH_ELEMENT'")
              .replace("MALE: 'SEX_MALE'", "MALE: 'NO_SUCH_OPTION'")
              .replace("by: ['id', 'code']", "by: ['table', 'id'], table: { x: 'NO_SUCH_UNIT' }"),
        },
      },
    );
    expect(status).toBe(2);
    for (const code of [
      'NON_ISO_CALENDAR',
      'PERIOD_TYPE_MISMATCH',
      'UNKNOWN_DATA_ELEMENT',
      'UNKNOWN_CATEGORY_OPTION',
      'UNKNOWN_ORG_UNIT',
    ]) {
      expect(text).toContain(code);
    }
    for (const word of ['NO_SUCH_ELEMENT', 'NO_SUCH_OPTION', 'NO_SUCH_UNIT', 'ethiopian'])
      expect(text).toContain(word);
  });

  it('names a data set that does not exist, and has other problems', async () => {
    const { status, text } = await runAgainst(
      {},
      {
        jobs: {
          'aggregate.js': source =>
            source
              .replace("'OUTBREAK_WEEKLY'", "'NO_SUCH_SET'")
              .replace("dataElement: 'OUTBREAK_DEATHS'", "dataElement: 'NO_SUCH_ELEMENT'"),
        },
      },
    );
    expect(status).toBe(2);
    expect(text).toContain('UNKNOWN_DATA_SET');
    expect(text).toContain('UNKNOWN_DATA_ELEMENT');
  });
});

describe('a period that is closed', () => {
  const currentWeek = { people: [aCase({ date: '2026-03-31' }), aCase({ date: '2026-03-18' })] };

  it('because it has not ended stops the run', async () => {
    const { status, text } = await runAgainst({
      ...currentWeek,
      dhis2: seed => {
        for (const dataSet of seed.dataSets) dataSet.openFuturePeriods = 0;
      },
    });
    expect(status).toBe(2);
    expect(text).toContain('PERIOD_NOT_YET_OPEN');
    expect(text).toContain('2026W14');
  });

  it('because it has expired stops the run', async () => {
    const { status, text } = await runAgainst({
      ...currentWeek,
      dhis2: seed => {
        for (const dataSet of seed.dataSets) dataSet.expiryDays = 5;
      },
    });
    expect(status).toBe(2);
    expect(text).toContain('PERIOD_EXPIRED');
    expect(text).toContain('2026W12');
  });
});
