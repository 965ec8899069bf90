import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUndoLedger } from '#common/reporting/undo-table.js';
import { isReadBack, readCsv, toCsv } from '#runtime/cli/print/csv.js';
import { toUndoRows } from '#runtime/record/undo-csv.js';
import { readRecord, recordsOf } from '../../support/records.js';
import { runs } from '../../support/runs.js';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const plan = JSON.stringify({
  columns: ['record', 'id', 'change', 'fields'],
  rows: [
    ['case', 'a', 'update', 'lastName'],
    ['case', 'b', 'create', ''],
    ['case', 'c', 'create', ''],
  ],
  total: 3,
});

async function runOnce() {
  const project = createProject({ steps: { write: { job: `report('write', {}, ${plan});` } } });
  await runCommandLine(['run', 'small'], { cwd: project });
  const [record] = recordsOf(project);
  const file = path.join(project, record!, 'undo.csv');
  const undo = () => runCommandLine(['undo', 'last', '--yes'], { cwd: project });
  return { project, file, undo };
}

describe('godata-dhis2 undo', () => {
  it('names what cannot be taken back with its reason: values of people are in no record', async () => {
    const { undo, project } = await runOnce();
    const { status, stdout } = await undo();
    expect(stdout).toContain('left out, old-value-not-kept: 3: case create (2), case update (1)');
    expect(status).toBe(0);
    const list = await runCommandLine(['runs'], { cwd: project });
    expect(list.stdout).toContain('completed, undo');
    const shown = await runCommandLine(['runs', 'show', 'last'], { cwd: project });
    expect(shown.stdout).toMatch(/Undo of: {2}2\d{3}-/);
  });

  it.each([
    ['has other columns', (text: string) => text.replace('obstacle', 'reason')],
    ['was cut off', (text: string) => text.slice(0, -30)],
    ['has an incomplete id', (text: string) => `${text}data value,a/b,create,value,,1,\r\n`],
    ['has no id', (text: string) => `${text}location,,update,name,Old,New,\r\n`],
    ['has an open quote', (text: string) => `${text}"a`],
  ])('writes nothing if undo.csv %s', async (_, edit) => {
    const { file, undo } = await runOnce();
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
    expect(await undo()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('(UNDO_UNREADABLE)'),
    });
  });

  it('takes back what a stopped run had changed, and says that it did not end', async () => {
    const next = 'fn(() => new Promise(() => setInterval(() => {}, 1000)));';
    const project = createProject({
      steps: { write: { job: `report('write', {}, ${plan});` }, wait: { job: next } },
    });
    const stopped = await runCommandLine(['run', 'small'], {
      cwd: project,
      stopWhen: 'wait: started',
    });
    expect(stopped.status).toBe(130);
    expect(readRecord(project, 'undo.csv')).toContain('case,a,update,lastName');
    const undone = await runCommandLine(['undo', 'last', '--yes'], { cwd: project });
    expect(undone.stderr).toContain('did not end (stopped)');
    expect(undone.stdout).toContain('left out, old-value-not-kept: 3');
  });

  it('last goes past a stopped run of which nothing is known, and names it', async () => {
    const { project, undo } = await runOnce();
    const wait = 'fn(() => new Promise(() => setInterval(() => {}, 1000)));';
    writeProjectFile(project, 'jobs/write.js', wait);
    await runCommandLine(['run', 'small'], { cwd: project, stopWhen: 'write: started' });
    const later = path.basename(recordsOf(project).at(-1)!);
    const { stderr } = await undo();
    expect(stderr).toContain(`The later run ${later} did not end (stopped)`);
    const named = await runCommandLine(['undo', later, '--yes'], { cwd: project });
    expect(named).toMatchObject({ status: 2, stderr: expect.stringContaining('(NO_UNDO)') });
  });

  it('writes nothing if no step of the workflow can have made a change', async () => {
    const { file, undo } = await runOnce();
    appendFileSync(file, 'location,a,update,name,Old,New,\r\n');
    expect(await undo()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('(UNDO_UNCLEAR)'),
    });
  });
});

it('a text in a CSV file is read back as it was, or is known not to be', () => {
  const signs = fc.constantFrom("'", '=', '-', '"', ',', 'a', '7', '\t', '\n', '\u001b', '＝', ' ');
  const text = fc.oneof(
    fc.string(),
    fc.array(signs).map(list => list.join('')),
  );
  const table = fc.array(fc.tuple(text, text), { minLength: 1 });
  fc.assert(
    fc.property(table, rows => {
      const read = readCsv([...toCsv(['one', 'two'], rows)].join(''));
      expect(read?.slice(1).length).toBe(rows.length);
      rows.flat().forEach((cell, index) => {
        if (isReadBack(cell)) expect(read!.slice(1).flat()[index]).toBe(cell);
      });
    }),
    runs(200, 2000),
  );
});

it('a field that several passes changed is one row, with its first old value and its last new one', () => {
  const values = fc.array(fc.option(fc.constantFrom('a', 'b', 'c')), { minLength: 2 });
  fc.assert(
    fc.property(values, list => {
      const tables = list.slice(1).map((value, index) => {
        const ledger = createUndoLedger();
        const change = index === 0 && list[0] === null ? 'create' : 'update';
        const common = { kind: 'location', id: 'x', change, field: 'name' };
        ledger.add({ ...common, old: list[index]!, new: value });
        return ledger.table();
      });
      const [row, ...others] = toUndoRows(undefined, tables);
      expect(others).toEqual([]);
      const change = list[0] === null ? 'create' : 'update';
      expect(row).toEqual(['location', 'x', change, 'name', list[0], list.at(-1), null]);
    }),
    runs(100, 1000),
  );
});
