import { describe, expect, it } from 'vitest';
import { toCsv } from '#runtime/cli/print/csv.js';
import { readRecord } from '../../support/records.js';
import { runCommandLine } from '../support/command.js';
import { createProject } from '../support/project.js';

/** An escape sequence, a forged line, a mark that turns the text around, and C1 controls. */
const NAME = 'Clinic \u001b[2J\u0007 \nError: forged\r\u009b31m \u202eexe \u2028x';
const SHOWN = 'Clinic \\u001b[2J\\u0007 ';
// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not reach a terminal
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/;

describe('a name with control characters from a server', () => {
  const entry = {
    leftOut: [{ reason: 'unmapped-location', subject: NAME, count: 1 }],
    warnings: [NAME],
  };
  const plan = { columns: ['name', 'new'], rows: [[NAME, 1]], total: 1 };
  const job = [
    `fn(s => { console.log('Name: ' + ${JSON.stringify(NAME.replace('\n', ' '))}); return s; });`,
    `report('write', ${JSON.stringify(entry)}, ${JSON.stringify(plan)});`,
  ].join('\n');

  it('is shown, not obeyed, by the terminal and in every file', async () => {
    const project = createProject({ steps: { write: { job } } });
    const { status, stdout, stderr } = await runCommandLine(['run', 'small'], { cwd: project });
    expect(status).toBe(0);
    expect(stdout + stderr).not.toMatch(RAW);
    expect(stdout + stderr).not.toMatch(/^Error: forged/m);
    expect(stdout).toContain(SHOWN);
    expect(stderr).toContain(SHOWN);
    for (const file of ['changes.csv', 'undo.csv']) {
      const csv = readRecord(project, file);
      expect(csv).toContain('Clinic');
      expect(csv.replaceAll('\r\n', '')).not.toMatch(RAW);
    }
    const report = readRecord(project, 'report.json');
    expect(report).not.toMatch(RAW);
    expect(JSON.parse(report).report.write.warnings).toEqual([NAME]);
  });

  it('is shown, not obeyed, with --json and in an error', async () => {
    const failing = `failWith({ code: 'X', message: ${JSON.stringify(NAME)} });`;
    const project = createProject({ steps: { write: { job: failing } } });
    const { stdout, stderr } = await runCommandLine(['run', 'small', '--json'], { cwd: project });
    expect(stdout + stderr).not.toMatch(RAW);
    expect(JSON.parse(stdout).errors[0].message).toBe(NAME);
  });
});

describe('changes.csv in a spreadsheet', () => {
  it('begins with a byte order mark, so that accents survive', () => {
    expect([...toCsv(['name'], [['Adélaïde']])].join('')).toBe('\uFEFFname\r\nAdélaïde\r\n');
  });

  it.each([
    ['=HYPERLINK("http://x";"y")', '"\'=HYPERLINK(""http://x"";""y"")"'],
    ['+1+1', "'+1+1"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['\t=1', "' =1"],
    ['＝1', "'＝1"],
    ['-5', '-5'],
    ['+12.5', '+12.5'],
    ['Kasaï-Oriental', 'Kasaï-Oriental'],
  ])('runs no formula: %s', (cell, field) => {
    expect([...toCsv(['a'], [[cell]])].join('')).toBe(`\uFEFFa\r\n${field}\r\n`);
  });

  it('has numbers as they are', () => {
    expect([...toCsv(['a'], [[-5], [null]])].join('')).toBe('\uFEFFa\r\n-5\r\n\r\n');
  });
});
