import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listed, type StepReport } from '#common/reporting/report.js';
import { addReports } from '#runtime/cli/run/drain/add-reports.js';
import { readRecord, recordsOf } from '#test/support/records.js';
import { runCommandLine } from '../../support/command.js';
import { createProject, writeProjectFile } from '../../support/project.js';

/** A job that reads one record a run, of `total` in its source. */
const batchOf = (total: number, rest = '') => `fn(state => {
  const read = (state.cursor ?? 0) + 1;
  ${rest}
  const plan = { columns: ['id', 'new'], rows: [[\`r\${read}\`, read]], total: 1 };
  const left = [{ reason: 'no-date', subject: '', count: 1 }, { reason: 'unknown', subject: \`s\${read}\`, count: 2 }];
  const entry = { read: 2, created: 1, requests: 3, leftOut: left, warnings: ['Look.'] };
  return { outbreakId: state.outbreakId, cursor: read, more: read < ${total}, data: { plan }, report: { write: entry } };
});`;

const projectOf = (job: string) => createProject({ steps: { write: { job } } });
const drain = (cwd: string, ...args: string[]) =>
  runCommandLine(['run', 'small', '--drain', ...args], { cwd });
const readJson = (project: string, name: string) =>
  JSON.parse(readFileSync(path.join(project, name), 'utf8'));

describe('run --drain', () => {
  it('does not add up what every run counts again', () => {
    const row = (count: number) => ({
      reason: 'waits',
      subject: '',
      count,
      isCurrent: true as const,
    });
    const past = { reason: 'no-date', subject: '', count: 1 };
    const runs: StepReport[] = [{ leftOut: [row(3), past] }, { leftOut: [row(2), past] }];
    const added = (reports: StepReport[]) =>
      reports.reduce((sum: Record<string, StepReport>, write) => addReports(sum, { write }), {})
        .write?.leftOut;
    expect(added(runs)).toEqual([{ ...past, count: 2 }, row(2)]);
    expect(added([...runs, { leftOut: [] }])).toEqual([{ ...past, count: 2 }]);
  });

  it('runs again with the final state until the source has no more, and adds up the reports', async () => {
    const project = projectOf(batchOf(3));
    writeProjectFile(project, 'in.json', { outbreakId: 'o1' });
    const { status, stdout, stderr } = await drain(
      project,
      '--state',
      'in.json',
      '--output',
      'out.json',
    );
    expect(stderr.match(/^(run \d|write: started)$/gm)).toEqual([
      'run 1',
      'write: started',
      'run 2',
      'write: started',
      'run 3',
      'write: started',
    ]);
    expect(stdout).toMatch(
      /^Made 3 changes:\n\n {2}id {2}new\n {2}r1 {4}1\n {2}r2 {4}2\n {2}r3 {4}3\n/,
    );
    expect(stdout).toMatch(/\n {2}write: 6 read, 3 created, 9 requests, [\d.]+ s\n/);
    expect(stdout).toContain('left out, no-date: 3\n');
    expect(stdout).toContain('left out, unknown: 6: s1 (2), s2 (2), s3 (2)\n');
    expect(stdout.match(/warning: Look\./g)).toHaveLength(1);
    expect(status).toBe(0);
    expect(readJson(project, 'out.json')).toMatchObject({
      outbreakId: 'o1',
      cursor: 3,
      more: false,
    });
    const csv = readRecord(project, 'changes.csv');
    expect(recordsOf(project)).toHaveLength(1);
    expect(csv).toBe('\uFEFFid,new\r\nr1,1\r\nr2,2\r\nr3,3\r\n');
  });

  it('continues from a state file, and is one run when there is no more', async () => {
    const project = projectOf(batchOf(3));
    writeProjectFile(project, 'in.json', { cursor: 2, more: true });
    const { stdout } = await drain(project, '--state', 'in.json', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'completed',
      passes: 1,
      report: { write: { read: 2 } },
      changes: { total: 1 },
    });
  });

  it('prints one JSON document, with the number of runs', async () => {
    const project = projectOf(batchOf(3));
    const { stdout, status } = await drain(project, '--json');
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ passes: 3, report: { write: { read: 6, created: 3 } } });
    expect(JSON.parse(readRecord(project, 'report.json'))).toEqual(document);
    expect(status).toBe(0);
  });

  it('stops at a failed run, and keeps the state to continue from', async () => {
    const failing = batchOf(4, "if (read === 3 && !state.outbreakId) throw new Error('No.');");
    const project = createProject({
      steps: { fetch: { job: failing }, last: { job: 'fn(state => state);' } },
    });
    const { status, stdout, stderr } = await drain(project, '--output', 'out.json');
    expect(stderr).toContain('Error: step fetch failed: No.');
    expect(stdout).toContain('write: 4 read, 2 created, 6 requests');
    expect(stdout).toContain(
      'Next:   npx godata-dhis2 run small --state out.json --output out.json --drain   (once the error is corrected',
    );
    expect(status).toBe(1);
    expect(readJson(project, 'out.json')).toMatchObject({ cursor: 2, errors: { fetch: {} } });
    writeProjectFile(project, 'out.json', {
      ...readJson(project, 'out.json'),
      outbreakId: 'corrected',
    });
    const again = await drain(project, '--state', 'out.json', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({
      passes: 2,
      report: { write: { created: 2 } },
    });
  });

  it('does not use the cursor of a step when a later step of the run failed', async () => {
    const project = createProject({
      steps: {
        fetch: { job: batchOf(3) },
        write: {
          job: "fn(state => { if (state.cursor === 2) throw new Error('No.'); return state; });",
        },
      },
    });
    await drain(project, '--output', 'out.json');
    expect(readJson(project, 'out.json')).toMatchObject({ cursor: 1 });
  });

  it('ends with status 3 when any run rejected a record', async () => {
    const job = batchOf(3).replace(
      "warnings: ['Look.']",
      "rejectedCount: read === 1 ? 1 : 0, rejected: read === 1 ? [{ kind: 'case', id: 'c1', code: 'X', message: 'no' }] : []",
    );
    const { status, stdout } = await drain(projectOf(job));
    expect(stdout).toContain('rejected case c1: X no');
    expect(status).toBe(3);
  });

  it.each([
    ['the same cursor', 'cursor: { id: 7 }, more: true', 2, 'ended at the cursor where it began'],
    ['no cursor', 'more: true', 1, 'has no cursor in its final state'],
  ])('refuses to run endlessly: %s', async (_, rest, passes, reason) => {
    const project = projectOf(`fn(() => ({ data: {}, ${rest} }));`);
    const { status, stdout, stderr } = await drain(project, '--json');
    expect(stderr).toContain(
      `Error: Run ${passes} says that the source has more, but ${reason}. (NO_PROGRESS)`,
    );
    expect(JSON.parse(stdout)).toMatchObject({ passes, errors: [{ code: 'NO_PROGRESS' }] });
    expect(status).toBe(2);
  });

  it('is one run when it is a dry run, and says so', async () => {
    const project = projectOf(batchOf(3));
    const { status, stdout, stderr } = await drain(project, '--dry-run', '--json');
    expect(stderr).toContain('Warning: A dry run writes nothing, so no run can follow it');
    expect(JSON.parse(stdout)).toMatchObject({ passes: 1, dryRun: true });
    expect(status).toBe(0);
  });

  it('stores the state of each run at once, so that a killed one can continue from there', async () => {
    const slow = batchOf(
      9,
      'if (read === 3) return new Promise(() => setInterval(() => {}, 1000));',
    );
    const project = projectOf(slow);
    const { status } = await runCommandLine(['run', 'small', '--drain', '--output', 'out.json'], {
      cwd: project,
      stopWhen: 'run 3\nwrite: started',
    });
    expect(status).toBe(130);
    expect(readJson(project, 'out.json')).toMatchObject({ cursor: 2, more: true });
  });
});

describe('run without --drain', () => {
  it('is one run, and says how to read all records', async () => {
    const project = projectOf(batchOf(3));
    const { stdout } = await runCommandLine(['run', 'small'], { cwd: project });
    expect(stdout).toContain(
      'Next:   npx godata-dhis2 run small   (the source has more records; --drain reads all of them)',
    );
    expect(existsSync(path.join(project, 'out.json'))).toBe(false);
  });
});

describe('reports of two runs', () => {
  const rows = fc.uniqueArray(
    fc.record({
      kind: fc.constant('case'),
      id: fc.constantFrom('a', 'b', 'c'),
      code: fc.constantFrom('CONFLICT', 'E1007'),
      message: fc.constantFrom('age', 'dob'),
    }),
    { selector: row => JSON.stringify(row) },
  );
  const totals: fc.Arbitrary<StepReport> = fc.record(
    {
      read: fc.nat(),
      created: fc.nat(),
      leftOut: fc.uniqueArray(
        fc.record({
          reason: fc.constantFrom('no-date', 'unknown'),
          subject: fc.constantFrom('', 'a', 'b'),
          count: fc.nat(),
        }),
        { selector: ({ reason, subject }) => `${reason} ${subject}` },
      ),
    },
    { requiredKeys: [] },
  );
  const report = fc
    .tuple(totals, rows, rows)
    .map(([some, rejected, adjusted]): StepReport => ({ ...some, ...listed(rejected, adjusted) }));
  const reports = fc.dictionary(fc.constantFrom('fetch', 'map', 'write'), report);

  it('add up to the same in any order', () => {
    fc.assert(
      fc.property(reports, reports, reports, (a, b, c) => {
        expect(addReports(addReports(a, b), c)).toEqual(addReports(a, addReports(b, c)));
      }),
    );
  });

  it('count a record once if each run tries it again and rejects it for the same reason', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const different = new Set([...a, ...b].map(row => JSON.stringify(row))).size;
        const { write } = addReports({ write: listed(a, b) }, { write: listed(b, a) });
        expect(write?.rejectedCount ?? 0).toBe(different);
        expect(write?.rejected ?? []).toHaveLength(different);
        expect(write?.adjustedCount ?? 0).toBe(different);
      }),
    );
  });

  it('are unchanged when one of them is empty', () => {
    fc.assert(
      fc.property(reports, some => {
        expect(addReports({}, some)).toEqual(some);
        expect(addReports(some, {})).toEqual(some);
      }),
    );
  });
});
