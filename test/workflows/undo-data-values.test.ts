import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { ACRE, aCase, BREN, OUTBREAK } from '../support/outbreak.js';
import { startProxy } from '../support/proxy.js';
import { recordsOf } from '../support/records.js';
import {
  PROJECT,
  type Servers,
  type ServerTraits,
  startServers,
  valuesInWords,
} from '../support/workflow.js';
import { createUndoProject } from './support/undo.js';

const WORKFLOW = 'cases-to-data-values';
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const TODAY = { today: '2026-04-01' };

let servers: Servers;
afterEach(() => servers?.close());

interface Stored {
  dataElement: string;
  period: string;
  orgUnit: string;
  categoryOptionCombo?: string;
  value?: string;
  comment?: string;
  followup?: boolean;
  storedBy?: string;
  deleted?: boolean;
}

const stored = () => (servers.dhis2.store.toJSON().dataValues ?? []) as Stored[];
const live = () => stored().filter(({ deleted }) => !deleted);
const withoutTimes = () =>
  live()
    .map(({ dataElement, period, orgUnit, categoryOptionCombo, value, comment }) =>
      [orgUnit, period, dataElement, categoryOptionCombo, value, comment].join(' '),
    )
    .sort();

/** A clerk writes a value in DHIS2, or deletes it. */
async function clerk(value: Partial<Stored>, strategy = 'CREATE_AND_UPDATE'): Promise<void> {
  const { hostUrl } = servers.credentials.dhis2;
  const answer = await fetch(`${hostUrl}/api/dataValueSets?importStrategy=${strategy}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Basic ${Buffer.from('admin:district').toString('base64')}`,
    },
    body: JSON.stringify({ dataValues: [value] }),
  });
  expect(answer.status).toBe(200);
}

const idsOf = ({ dataElement, period, orgUnit, categoryOptionCombo }: Stored) => ({
  ...{ dataElement, period, orgUnit, categoryOptionCombo: categoryOptionCombo! },
});

async function start(traits: ServerTraits = {}) {
  const people = [
    aCase({ id: IDS[0]!, location: ACRE, date: '2026-03-10' }),
    aCase({ id: IDS[1]!, location: BREN, date: '2026-03-24' }),
    aCase({ id: IDS[2]!, location: BREN, date: '2026-03-25' }),
    aCase({ id: IDS[3]!, location: BREN, date: '2026-03-25', sex: 'MALE' }),
    aCase({ id: IDS[4]!, location: ACRE, date: '2026-03-18', years: 70 }),
    aCase({ id: IDS[5]!, location: ACRE, date: '2026-03-18', years: 7 }),
  ];
  servers = await startServers({ people, ...traits });
  return createUndoProject(servers, WORKFLOW, TODAY);
}

/** The cases of Go.Data are counted otherwise from now on. */
function correctSource(): void {
  for (const id of IDS) servers.goData.store.people.delete(id);
}

const writes = () => servers.dhis2.requests.writes();

describe.each(['2.42', '2.43'])('godata-dhis2 undo of data values, DHIS2 %s', version => {
  it('deletes the values that the run created, and takes the undo back as well', async () => {
    const project = await start({ version });
    await project.run();
    const written = valuesInWords(servers.dhis2);
    const before = withoutTimes();
    expect(Object.keys(written).length).toBe(5);

    const dry = await project.undo('last', '--dry-run');
    expect(dry.status).toBe(0);
    expect(dry.stdout).toContain('Would make');
    expect(withoutTimes()).toEqual(before);

    const undone = await project.undo('last', '--yes');
    expect(undone.stderr).not.toContain('Error');
    expect(undone.status).toBe(0);
    expect(undone.stdout).toContain(`the next run of ${WORKFLOW} makes the changes again`);
    expect(valuesInWords(servers.dhis2)).toEqual({});
    const report = project.report();
    expect(report).toMatchObject({
      status: 'completed',
      undoOf: expect.stringMatching(/^2\d{3}-/),
      report: { 'undo-data-values': { deleted: Object.keys(written).length } },
    });
    const time = path.basename(recordsOf(project.folder, WORKFLOW).at(-1)!);

    servers.dhis2.requests.reset();
    const again = await project.undo('last', '--yes');
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('Nothing had to change.');
    expect(writes()).toBe(0);

    const back = await project.undo(time, '--yes');
    expect(back.status).toBe(0);
    expect(back.stdout).toContain(`the next run of ${WORKFLOW} goes on from here`);
    expect(back.stdout).not.toContain('makes the changes again');
    expect(valuesInWords(servers.dhis2)).toEqual(written);
    expect(withoutTimes()).toEqual(before);
  });

  it('writes back old values, also of those that became zero', async () => {
    const project = await start({ version });
    await project.run();
    const before = withoutTimes();
    correctSource();
    const time = await project.run('--allow-large-change');
    expect(Object.values(valuesInWords(servers.dhis2)).every(value => value === '0')).toBe(true);
    const undone = await project.undo(time, '--yes');
    expect(undone.status).toBe(0);
    expect(withoutTimes()).toEqual(before);
  });
});

describe('godata-dhis2 undo', () => {
  it('leaves values of others theirs: the next run does not set them to zero', async () => {
    const project = await start();
    await project.run();
    await project.undo('last', '--yes');
    const [own] = stored();
    await clerk({ ...idsOf(own!), value: '17' });
    const time = await project.run();
    expect(live().find(one => one.value === '17')).toBeUndefined();
    await project.undo(time, '--yes');
    const [restored] = live();
    expect(restored).toMatchObject({ value: '17', comment: 'As before a run from Go.Data' });
    correctSource();
    await project.run('--allow-large-change');
    expect(live()).toMatchObject([{ ...idsOf(own!), value: '17' }]);
  });

  it('leaves alone and lists what has changed since: a value, a comment, a mark, a deletion', async () => {
    const project = await start();
    await project.run();
    const [value, comment, mark, gone, ...others] = live();
    await clerk({ ...idsOf(value!), value: '17' });
    await clerk({
      ...idsOf(comment!),
      value: comment!.value!,
      comment: `Checked (${comment!.comment})`,
    });
    await clerk({ ...idsOf(mark!), value: mark!.value!, comment: mark!.comment!, followup: true });
    await clerk({ ...idsOf(gone!), value: gone!.value! }, 'DELETE');
    const undone = await project.undo('last', '--yes');
    expect(undone.status).toBe(0);
    expect(undone.stdout).toContain('left out, changed-since: 3');
    expect(live().map(({ value }) => value)).toEqual(['17', comment!.value, mark!.value]);
    const { report } = project.report();
    expect(report['undo-data-values']).toMatchObject({ deleted: others.length, unchanged: 1 });
    const subjects = report['undo-data-values'].leftOut.map(
      ({ subject }: { subject: string }) => subject,
    );
    expect(subjects.join()).toContain(`${value!.orgUnit}/${value!.period}/${value!.dataElement}`);
  });

  it('refuses another server than the one of the run, and a record that names none', async () => {
    const project = await start();
    await project.run();
    const first = servers;
    const other = await startServers();
    const credentials = temporaryJson('credentials.json', other.credentials);
    const args = ['undo', 'last', '--yes', '--project', '.'];
    const result = await runCommand([...args, '--credentials', credentials], project.folder);
    await other.close();
    expect(result.status).toBe(2);
    expect(result.stderr).toContain('(FOREIGN_RUN)');
    expect(result.stderr).toContain(new URL(first.dhis2.url).host);
    const [record, ...others] = recordsOf(project.folder, WORKFLOW);
    expect(others).toEqual([]);
    const { servers: _servers, ...report } = project.report();
    writeFileSync(path.join(project.folder, record!, 'report.json'), JSON.stringify(report));
    first.dhis2.requests.reset();
    const unnamed = await project.undo('last', '--yes');
    expect(unnamed.status).toBe(2);
    expect(unnamed.stderr).toContain('does not say to which server of the credential dhis2');
    expect(unnamed.stderr).toContain('(FOREIGN_RUN)');
    expect(writes()).toBe(0);
  });

  it('takes the credential of the step that wrote, and refuses if that is not clear', async () => {
    const project = await start();
    await project.run();
    const spec = path.join(project.folder, 'project.yaml');
    const own = 'credential: integration@example.org-dhis2';
    const other = '  other:\n    name: other\n    owner: integration@example.org\nworkflows:';
    const text = readFileSync(spec, 'utf8').replace(own, 'credential: other');
    writeFileSync(spec, text.replace('workflows:', other));
    const edit = (step: string, job: string) =>
      writeFileSync(path.join(project.folder, 'jobs', WORKFLOW, `${step}.js`), job);
    servers.dhis2.requests.reset();
    expect(await project.undo('last', '--dry-run')).toMatchObject({ status: 0 });
    edit('aggregate', 'upsertDataValues({});');
    const several = await project.undo('last', '--yes');
    expect(several.stderr).toContain('has several credentials with which the data value changes');
    edit('aggregate', 'fn(state => state);');
    edit('upsert-data-values', 'fn(state => state);');
    const none = await project.undo('last', '--yes');
    expect(none.stderr).toContain('has no step with which the data value changes');
    for (const { status, stderr } of [several, none]) {
      expect(stderr).toContain('(UNDO_UNCLEAR)');
      expect(status).toBe(2);
    }
    expect(writes()).toBe(0);
  });

  it('asks nobody where nobody can answer: without --yes nothing is written, and the status is 2', async () => {
    const project = await start();
    await project.run();
    servers.dhis2.requests.reset();
    const { status, stdout, stderr } = await project.undo('last');
    expect(status).toBe(2);
    expect(stdout).toContain('Would make');
    expect(stderr).toContain('(NOT_CONFIRMED)');
    expect(writes()).toBe(0);
  });

  it('says why there is nothing to take back', async () => {
    const project = await start();
    const none = await project.undo('last', '--yes');
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining('(NO_UNDO)') });
    const time = await project.run('--dry-run');
    const dry = await project.undo(time, '--yes');
    expect(dry).toMatchObject({ status: 2, stderr: expect.stringContaining('it was a dry run') });
  });

  it('prints one JSON document with --json', async () => {
    const project = await start();
    await project.run();
    const { stdout, status } = await project.undo('last', '--yes', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(project.report());
    expect(stdout).toContain('"undoOf"');
    expect(stdout).not.toContain(OUTBREAK.toUpperCase());
  });

  it('rejects what DHIS2 refuses, and ends with status 3', async () => {
    const project = await start();
    await project.run();
    const [first] = live();
    const sets = servers.dhis2.store.metadata.list('dataSets');
    for (const set of sets) {
      const dataInputPeriods = [{ period: { id: '2026W13' } }];
      servers.dhis2.store.metadata.put('dataSets', { ...set, dataInputPeriods } as never);
    }
    const { status, stdout } = await project.undo('last', '--yes');
    expect(status).toBe(3);
    expect(stdout).toContain(`rejected data value ${first!.orgUnit}/${first!.period}/`);
    expect(new Set(live().map(({ period }) => period))).toEqual(new Set(['2026W11', '2026W12']));
  });

  it('takes back what a run wrote before it failed', async () => {
    await start();
    let posts = 0;
    const proxy = await startProxy(servers.dhis2.url, {
      stop: (_, method) => {
        if (method === 'POST') posts += 1;
        return method === 'POST' && posts > 1 ? 'before' : undefined;
      },
    });
    const dhis2 = { ...servers.credentials.dhis2, hostUrl: proxy.url };
    const through = { ...servers, credentials: { ...servers.credentials, dhis2 } };
    const project = createUndoProject(through, WORKFLOW, TODAY);
    const job = path.join(project.folder, 'jobs', WORKFLOW, 'upsert-data-values.js');
    writeFileSync(job, 'upsertDataValues({ chunkSize: 2 });');
    const time = await project.run();
    expect(project.report()).toMatchObject({ status: 'failed' });
    expect(live().length).toBe(2);
    // The undo itself meets a server that works again.
    posts = Number.NEGATIVE_INFINITY;
    const { status, stderr } = await project.undo(time, '--yes');
    expect(stderr).not.toContain('Error');
    expect(status).toBe(0);
    expect(live()).toEqual([]);
    const { report } = project.report();
    expect(report['undo-data-values']).toMatchObject({ deleted: 2, unchanged: 3 });
  });

  it('that is killed finishes when it is run again', async () => {
    const project = await start();
    let child: ReturnType<typeof spawn> | undefined;
    let locks = 0;
    const proxy = await startProxy(servers.dhis2.url, {
      stop: (_, method) => {
        if (method !== 'POST' || !child) return undefined;
        locks = readdirSync(path.join(project.folder, 'state/.local/locks')).length;
        child.kill('SIGKILL');
        return 'after';
      },
    });
    const dhis2 = { ...servers.credentials.dhis2, hostUrl: proxy.url };
    const credentials = temporaryJson('credentials.json', { ...servers.credentials, dhis2 });
    const args = ['--credentials', credentials, '--project', '.'];
    const state = temporaryJson('state.json', TODAY);
    await runCommand(['run', WORKFLOW, '--state', state, ...args], project.folder);
    expect(live().length).toBeGreaterThan(0);
    const main = path.join(PROJECT, 'adaptors/runtime/dist/main.js');
    child = spawn(
      process.execPath,
      ['--experimental-vm-modules', main, 'undo', 'last', '--yes', ...args],
      { cwd: project.folder, stdio: 'ignore' },
    );
    await once(child, 'exit');
    child = undefined;
    // It had the account for itself, as a run has.
    expect(locks).toBe(1);
    const result = await runCommand(['undo', 'last', '--yes', ...args], project.folder);
    expect(result.status).toBe(0);
    expect(live()).toEqual([]);
  });
});
