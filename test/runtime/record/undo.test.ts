import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReadBack, readCsv, toCsv } from '#runtime/cli/print/csv.js';
import { recordsOf } from '../../support/records.js';
import { runs } from '../../support/runs.js';
import { runCommandLine } from '../support/command.js';
import { createProject } from '../support/project.js';

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
    ['has an open quote', (text: string) => `${text}"a`],
  ])('writes nothing if undo.csv %s', async (_, edit) => {
    const { file, undo } = await runOnce();
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
    expect(await undo()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('(UNDO_UNREADABLE)'),
    });
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
      const read = readCsv(toCsv(['one', 'two'], rows));
      expect(read?.slice(1).length).toBe(rows.length);
      rows.flat().forEach((cell, index) => {
        if (isReadBack(cell)) expect(read!.slice(1).flat()[index]).toBe(cell);
      });
    }),
    runs(200, 2000),
  );
});
