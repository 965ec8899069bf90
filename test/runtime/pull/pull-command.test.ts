import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { lineDiff } from '#runtime/pull/line-diff.js';
import { runCommandLine } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const JOB = "// mapping\nconst a = 1;\nput('a', a);\n";

/** A project, and its export in either version, whose texts a test changes. */
async function start(spec: '1' | '4' | 'bundle') {
  const project = createProject({ steps: { one: { job: JOB }, two: { job: "put('b', 2);\n" } } });
  const job = (name: string) => path.join(project, 'jobs', `${name}.js`);
  const read = (name: string) => readFileSync(job(name), 'utf8');
  let file = 'export.yaml';
  if (spec === '4') {
    await runCommandLine(['export', '--spec', '4', file], { cwd: project });
  } else if (spec === 'bundle') {
    await runCommandLine(['bundle', 'bundled'], { cwd: project });
    file = 'bundled/project.yaml';
  } else {
    const document = parse(readFileSync(path.join(project, 'project.yaml'), 'utf8'));
    for (const name of ['one', 'two']) document.workflows.small.jobs[name].body = read(name);
    writeProjectFile(project, file, stringify(document));
  }
  const edit = (from: string, to: string) => {
    const place = path.join(project, spec === 'bundle' ? 'bundled/jobs/small/one.js' : file);
    const text = readFileSync(place, 'utf8');
    expect(text).toContain(from);
    writeFileSync(place, text.replace(from, to));
  };
  const pull = (...more: string[]) => runCommandLine(['pull', file, ...more], { cwd: project });
  return { project, file: path.join(project, file), read, edit, pull };
}

describe('godata-dhis2 pull', () => {
  it.each(['1', '4', 'bundle'] as const)(
    'brings a changed text back, with a diff first (%s)',
    async spec => {
      const { read, edit, pull } = await start(spec);
      expect((await pull('--yes')).stdout).toContain('No job has another text');
      edit('const a = 1;', 'const a = 7;');
      const { status, stdout } = await pull('--yes');
      expect(stdout).toMatch(
        /jobs\/one\.js\n {3}\/\/ mapping\n {2}-const a = 1;\n {2}\+const a = 7;/,
      );
      expect(status).toBe(0);
      expect(read('one')).toBe(JOB.replace('1', '7'));
      expect(read('two')).toBe("put('b', 2);\n");
      expect((await pull('--yes')).stdout).toContain('No job has another text');
    },
  );

  it('writes nothing without a confirmation', async () => {
    const { read, edit, pull } = await start('4');
    edit('const a = 1;', 'const a = 7;');
    const { status, stderr } = await pull();
    expect(stderr).toMatch(/Add --yes/);
    expect(status).toBe(2);
    expect(read('one')).toBe(JOB);
  });

  it('names jobs that this project does not have', async () => {
    const { file, pull } = await start('1');
    const document = parse(readFileSync(file, 'utf8'));
    const { jobs } = document.workflows.small;
    jobs.extra = { ...jobs.one, name: 'Extra step' };
    writeFileSync(file, stringify(document));
    const { status, stdout } = await pull('--yes');
    expect(stdout).toContain('small/extra-step: this project has no such job');
    expect(status).toBe(0);
  });

  it('refuses texts outside the folder of the export', async () => {
    const { file, read, pull } = await start('1');
    const document = parse(readFileSync(file, 'utf8'));
    document.workflows.small.jobs.one.body = { path: '../../etc/passwd' };
    writeFileSync(file, stringify(document));
    const { status, stderr } = await pull('--yes');
    expect(stderr).toMatch(/outside its folder.*\(JOB_OUTSIDE_PROJECT\)/);
    expect(status).toBe(2);
    expect(read('one')).toBe(JOB);
  });

  it('refuses two different new texts of one file', async () => {
    const { project, file, read, pull } = await start('1');
    const own = path.join(project, 'project.yaml');
    writeFileSync(own, readFileSync(own, 'utf8').replace('jobs/two.js', 'jobs/one.js'));
    const document = parse(readFileSync(file, 'utf8'));
    document.workflows.small.jobs.one.body = "put('x', 1);";
    document.workflows.small.jobs.two.body = "put('y', 1);";
    writeFileSync(file, stringify(document));
    const { status, stderr } = await pull('--yes');
    expect(stderr).toMatch(/\(PULL_CONFLICT\)/);
    expect(status).toBe(2);
    expect(read('one')).toBe(JOB);
  });

  it.each([
    ['nothing.yaml', '(EXPORT_NOT_FOUND)'],
    ['jobs/one.js', '(EXPORT_INVALID)'],
  ])('refuses %s', async (name, code) => {
    const { project } = await start('1');
    const { status, stderr } = await runCommandLine(['pull', name], { cwd: project });
    expect(stderr).toContain(code);
    expect(status).toBe(2);
  });
});

describe('the diff', () => {
  it('leads from one text to the other', () => {
    const line = fc.constantFrom('a', 'b', '', ' x', '-y', '+z');
    const text = fc
      .array(line, { minLength: 1, maxLength: 12 })
      .map(lines => `${lines.join('\n')}\n`);
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = lineDiff(before, after);
        const cut = rows.filter(row => row === '...').length > 0;
        const side = (mark: string) =>
          `${rows
            .filter(row => row[0] === ' ' || row[0] === mark)
            .map(row => row.slice(1))
            .join('\n')}\n`;
        if (!cut) expect([side('-'), side('+')]).toEqual([before, after]);
        if (before === after) expect(rows.every(row => !/^[-+]/.test(row))).toBe(true);
      }),
    );
  });
});
