import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  askDhis2,
  createFolder,
  readGoData,
  runProgram,
  startProgram,
  startSandbox,
} from './support/programs.js';

const SMALL = ['--cases-count', '40'];

describe('the sandbox program', () => {
  it('starts both servers with the same outbreak, and ends with status 0 on SIGTERM', async () => {
    const credentials = path.join(createFolder(), 'deep', 'credentials.json');
    const sandbox = await startSandbox([...SMALL, '--credentials', credentials]);
    const outbreaks = await readGoData<{ id: string; name: string }[]>(sandbox, '/outbreaks');
    // The second one is that of the workflows of people.
    expect(outbreaks.map(({ name }) => name).sort()).toEqual([
      'COVID-19',
      'Demonstration outbreak',
    ]);
    const outbreak = outbreaks.find(({ name }) => name === 'Demonstration outbreak');
    const cases = await readGoData<unknown[]>(sandbox, `/outbreaks/${outbreak!.id}/cases`);
    expect(cases.length).toBeGreaterThan(35);
    // The workflow org-units-to-locations creates locations from the org units, and cases have
    // addresses there.
    expect(await readGoData<unknown[]>(sandbox, '/locations')).toEqual([]);
    const { organisationUnits } = await askDhis2<{ organisationUnits: { id: string }[] }>(
      sandbox,
      '/organisationUnits?fields=id&paging=false',
    );
    const orgUnits = new Set(organisationUnits.map(({ id }) => id));
    const homes = (cases as { usualPlaceOfResidenceLocationId?: string }[])
      .flatMap(one => one.usualPlaceOfResidenceLocationId ?? [])
      .filter(id => orgUnits.has(id));
    expect(homes.length).toBeGreaterThan(30);
    expect(JSON.parse(readFileSync(credentials, 'utf8'))).toEqual({
      godata: sandbox.goData,
      dhis2: sandbox.dhis2,
    });
    const { status, stdout, stderr } = await sandbox.stop();
    expect({ status, stderr, lines: stdout.trim().split('\n').length }).toEqual({
      status: 0,
      stderr: '',
      lines: 1,
    });
  });

  it('continues with the saved data of both servers', async () => {
    const state = createFolder();
    const first = await startSandbox([...SMALL, '--state', state]);
    const { organisationUnits } = await askDhis2<{ organisationUnits: { id: string }[] }>(
      first,
      '/organisationUnits?filter=level:eq:4&fields=id&pageSize=1',
    );
    const orgUnit = organisationUnits[0]!.id;
    const imported = await askDhis2<{ status: string }>(
      first,
      '/dataValueSets?dataElementIdScheme=CODE&dataSetIdScheme=CODE',
      {
        dataSet: 'OUTBREAK_WEEKLY',
        dataValues: [
          { dataElement: 'OUTBREAK_CONTACTS_LISTED', period: '2026W01', orgUnit, value: '7' },
        ],
      },
    );
    expect(imported.status).toBe('OK');
    const outbreaks = await readGoData<{ id: string; name: string }[]>(first, '/outbreaks');
    const { id } = outbreaks.find(({ name }) => name === 'Demonstration outbreak')!;
    const list = `/outbreaks/${id}/cases`;
    const cases = await readGoData<unknown[]>(first, list);
    expect((await first.stop('SIGINT')).status).toBe(0);

    const second = await startSandbox(['--state', state]);
    const { dataValues } = await askDhis2<{ dataValues: { value: string }[] }>(
      second,
      `/dataValueSets?dataSet=${await dataSetId(second)}&period=2026W01&orgUnit=${orgUnit}`,
    );
    expect(dataValues.map(({ value }) => value)).toEqual(['7']);
    expect(await readGoData<unknown[]>(second, list)).toEqual(cases);
    await second.stop();
  });

  it('prints addresses, accounts and the commands to try', async () => {
    const folder = createFolder();
    const sandbox = await startSandbox([...SMALL, '--state', folder]);
    await sandbox.stop();
    const { child, ended } = await startText([
      '--state',
      folder,
      '--credentials',
      `${folder}/c.json`,
    ]);
    child.kill('SIGINT');
    const { status, stdout } = await ended;
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Go\.Data 2\.50\.3: http:\/\/127\.0\.0\.1:\d+$/m);
    expect(stdout).toMatch(/^DHIS2 2\.42\.\d+: http:\/\/127\.0\.0\.1:\d+$/m);
    expect(stdout).toContain('e-mail integration@example.org, password');
    expect(stdout).toContain(`--credentials ${folder}/c.json --dry-run`);
    expect(stdout).toContain(`Continues with the data saved in ${folder}`);
  });

  it('saves and ends when the program that started it ends', async () => {
    const state = createFolder();
    const { child, ended } = startProgram('main', [...SMALL, '--state', state, '--json'], 'ipc');
    await once(child.stdout!, 'data');
    child.disconnect();
    expect((await ended).status).toBe(0);
    expect(readdirSync(state).sort()).toEqual(['dhis2.json', 'godata.json']);
  });

  it('runs the requested versions', async () => {
    const sandbox = await startSandbox([...SMALL, '--dhis2-version', '2.40.0']);
    expect(await askDhis2(sandbox, '/system/info')).toMatchObject({ version: '2.40.0' });
    await sandbox.stop();
  });

  it('names the occupied port and says what to do', async () => {
    const sandbox = await startSandbox(SMALL);
    const { port } = new URL(sandbox.dhis2.hostUrl);
    const { status, stderr } = await runProgram('main', [...SMALL, '--dhis2-port', port]);
    expect(status).toBe(2);
    expect(stderr).toBe(
      `Error: --dhis2-port: port ${port} is in use by another program.\n  What to do: Give --dhis2-port another number, or omit it for any free port.\n`,
    );
    await sandbox.stop();
  });
});

describe('the sandbox program refuses', () => {
  const write = (text: string) => {
    const file = path.join(createFolder(), 'list.json');
    writeFileSync(file, text);
    return file;
  };
  const cases = '[{"id":"c1","outbreakId":"o1"}]';
  const REFUSALS: [string, () => string[], string][] = [
    ['a missing file', () => ['--cases', 'none.json'], 'there is no such file'],
    ['a folder', () => ['--cases', createFolder()], 'it is a folder'],
    ['a file that is not JSON', () => ['--cases', write('[{"firstName":"Zarvim}]')], 'is not JSON'],
    ['an object', () => ['--cases', write('{}')], 'is not a JSON array'],
    ['an empty list', () => ['--cases', write('[]')], 'is empty'],
    [
      'a case without id',
      () => ['--cases', write('[{"outbreakId":"o"}]')],
      'Item 1 of the case list',
    ],
    [
      'a contact without outbreak',
      () => ['--cases', write(cases), '--contacts', write('[{"id":"k"}]')],
      'has no outbreakId',
    ],
    [
      'invalid org units',
      () => ['--cases', write(cases), '--org-units', write('[]')],
      'does not contain organisationUnits',
    ],
    [
      'an org unit without an id',
      () => ['--cases', write(cases), '--org-units', write('{"organisationUnits":[{"name":"x"}]}')],
      'Org unit 1',
    ],
    ['contacts without cases', () => ['--contacts', write(cases)], '--contacts needs --cases'],
    [
      'a count together with a file of cases',
      () => ['--cases', write(cases), '--cases-count', '9'],
      'cannot be used with',
    ],
    ['a cost of something else', () => ['--dhis2-cost', 'events=3'], 'relationships=15'],
    ['a cost of Go.Data without a name', () => ['--godata-cost', 'case=3,tea=2'], 'one-worker'],
    ['an unknown DHIS2', () => ['--dhis2-version', '2.30'], '2.38 to 2.44'],
    ['an unknown Go.Data', () => ['--godata-version', '3.0'], '2.34 to 2.50'],
    ['an invalid port', () => ['--godata-port', '99999'], 'whole number from 0 to 65535'],
    ['an unknown option', () => ['--casse', 'x'], "unknown option '--casse'"],
  ];

  it.each(REFUSALS)(
    '%s, with status 2 and without quoting its content',
    async (_, args, message) => {
      const { status, stdout, stderr } = await runProgram('main', args());
      expect(stderr).toContain(message);
      expect(stderr).not.toContain('Zarvim');
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    },
  );

  it.each([
    ['JSON', '{"godata":{"apiUrl":"https://godata.example.org/api","password":"Zarvim"}}'],
    ['YAML', 'godata:\n  password: Zarvim\n'],
  ])('credentials of other servers as the file to write: %s', async (_, text) => {
    const file = write(text);
    const { status, stderr } = await runProgram('main', [...SMALL, '--credentials', file]);
    expect(stderr).toBe(
      `Error: --credentials: ${file} exists, and no sandbox has written it.\n  What to do: Name another file: the credentials of the sandbox are written there.\n`,
    );
    expect(status).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('not its own credentials of the last time, nor an empty file', async () => {
    const file = write('');
    for (const _ of ['empty', 'its own']) {
      const sandbox = await startSandbox([...SMALL, '--credentials', file]);
      expect(JSON.parse(readFileSync(file, 'utf8')).dhis2).toEqual(sandbox.dhis2);
      await sandbox.stop();
    }
  });

  it('a saved sandbox that is damaged', async () => {
    const state = createFolder();
    for (const name of ['godata.json', 'dhis2.json']) writeFileSync(path.join(state, name), '{}');
    const { status, stderr } = await runProgram('main', ['--state', state]);
    expect(stderr).toContain(`What to do: Remove the folder ${state}`);
    expect(status).toBe(2);
  });
});

async function dataSetId(sandbox: Parameters<typeof askDhis2>[0]): Promise<string> {
  const { dataSets } = await askDhis2<{ dataSets: { id: string }[] }>(sandbox, '/dataSets');
  return dataSets[0]!.id;
}

/** Starts the program as a user does and waits for its text. */
async function startText(args: string[]) {
  const started = startProgram('main', args);
  await once(started.child.stdout!, 'data');
  return started;
}
