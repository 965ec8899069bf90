import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecord, recordsOf } from '../../support/records.js';
import { runCommandLine, runInShell } from '../support/command.js';
import { createProject, writeProjectFile } from '../support/project.js';

const COLUMNS = ['orgUnit', 'period', 'old', 'new'];

function planOf(total: number) {
  const rows = Array.from({ length: total }, (_, index) => [
    `ou${index}`,
    '2026W10',
    index === 0 ? null : 1,
    2,
  ]);
  return JSON.stringify({ columns: COLUMNS, rows, total });
}

function projectOf(job: string, credential?: string) {
  return createProject({ steps: { write: { job, credential } } });
}

function readReport(project: string) {
  return JSON.parse(readRecord(project, 'report.json'));
}

function run(project: string, ...args: string[]) {
  return runCommandLine(['run', 'small', ...args], { cwd: project });
}

describe('godata-dhis2 run', () => {
  it('prints the changes, then the summary, then the files and the next command', async () => {
    const leftOut =
      "[{ reason: 'no-date', subject: '', count: 3 }, { reason: 'unmapped-location', subject: 'L1', count: 2 }]";
    const project = projectOf(
      `report('write', { read: 2000, created: 17, unchanged: 4, requests: 5, leftOut: ${leftOut} }, ${planOf(17)});`,
    );
    const { status, stdout, stderr } = await run(project, '--output', 'out/state.json');
    expect(stderr).toMatch(/^write: started\nwrite: done in [\d.]+ s\n$/);
    expect(stdout).toMatch(/^Made 17 changes:\n\n {2}orgUnit {2}period {3}old {2}new\n/);
    expect(stdout).toContain('  ou0      2026W10    -    2\n');
    expect(stdout).toContain('  ou14     2026W10    1    2\n');
    expect(stdout).not.toContain('ou15');
    const [record] = recordsOf(project);
    expect(stdout).toContain(`  ... and 2 more; all are in ${record}/changes.csv\n`);
    expect(stdout).toMatch(
      /\n {2}write: 2,000 read, 17 created, 4 unchanged, 5 requests, [\d.]+ s\n/,
    );
    expect(stdout).toContain(
      '    left out, no-date: 3\n    left out, unmapped-location: 2: L1 (2)\n',
    );
    expect(stdout).toContain(
      `State:  out/state.json\nReport: ${record}/report.json\nPage:   ${record}/report.html\n`,
    );
    expect(stdout).toContain('Next:   npx godata-dhis2 run small --output out/state.json ');
    expect(status).toBe(0);
    const csv = readRecord(project, 'changes.csv').split('\r\n');
    expect(csv.slice(0, 3)).toEqual([
      '\uFEFForgUnit,period,old,new',
      'ou0,2026W10,,2',
      'ou1,2026W10,1,2',
    ]);
    expect(csv).toHaveLength(19);
    expect(readdirSync(path.join(project, 'out'))).toEqual(['state.json']);
  });

  it('reports that nothing had to change', async () => {
    const { stdout } = await run(projectOf(`report('write', { unchanged: 4 }, ${planOf(0)});`));
    expect(stdout).toMatch(/^Nothing had to change\.\n/);
  });

  it('sets dryRun in the state and reports what would change', async () => {
    const project = projectOf(`report('write', { created: 1 }, ${planOf(1)});`);
    const { stdout } = await run(project, '--dry-run');
    expect(stdout).toMatch(/^Would make 1 change:\n/);
    expect(stdout).toContain('1 would be created');
    expect(stdout).toMatch(/Next: {3}npx godata-dhis2 run small {3}\(writes/);
  });

  it('reports after a dry run that nothing is left to write, or what the next run omits', async () => {
    const same = projectOf(`report('write', { unchanged: 4 }, ${planOf(0)});`);
    expect((await run(same, '--dry-run')).stdout).toContain('(whenever the source has changed)');
    const rejected =
      "rejectedCount: 1, rejected: [{ kind: 'case', id: 'a', code: 'X', message: 'No.' }]";
    const some = projectOf(`report('write', { created: 1, ${rejected} }, ${planOf(1)});`);
    const { stdout } = await run(some, '--dry-run');
    expect(stdout).toMatch(/small {3}\(writes these changes, without the rejected records\)/);
  });

  it('reports after a failed dry run that nothing was written', async () => {
    const project = projectOf("failWith({ code: 'X', message: 'No.' });");
    const { stdout } = await run(project, '--dry-run');
    expect(stdout).toContain('--dry-run   (once the error is corrected; nothing was written)');
  });

  it('does not pass dryRun on to the next run through --output', async () => {
    const project = projectOf(`report('write', { created: 1 }, ${planOf(1)});`);
    await run(project, '--dry-run', '--output', 'state.json');
    const { stdout } = await run(project, '--state', 'state.json');
    expect(stdout).toMatch(/^Made 1 change:\n/);
  });

  it('is a dry run too when the state file says so', async () => {
    const project = projectOf(`report('write', { created: 1 }, ${planOf(1)});`);
    writeProjectFile(project, 'in.json', { dryRun: true });
    const { stdout } = await run(project, '--state', 'in.json');
    expect(stdout).toMatch(/^Would make 1 change:\n/);
  });

  it('lists rejected records and ends with status 3', async () => {
    const rejected = Array.from({ length: 25 }, (_, id) => ({
      kind: 'data value',
      id: `c${id}`,
      code: 'E7641',
      message: 'closed',
    }));
    const project = projectOf(
      `report('write', { rejectedCount: 25, rejected: ${JSON.stringify(rejected)} });`,
    );
    const { status, stdout } = await run(project);
    expect(status).toBe(3);
    expect(stdout).toContain('25 rejected');
    expect(stdout).toContain(
      `rejected data value c19: E7641 closed\n    ... and 5 more in ${recordsOf(project)[0]}/report.json`,
    );
  });

  it('prints one JSON document on stdout with --json and logs on stderr', async () => {
    const project = projectOf(
      `progress('cases', 3);\nreport('write', { created: 2 }, ${planOf(2)});`,
    );
    const { stdout, stderr } = await run(project, '--json', '--verbose');
    expect(JSON.parse(stdout)).toEqual({
      reportVersion: 1,
      workflow: 'small',
      status: 'completed',
      exitStatus: 0,
      dryRun: false,
      seconds: expect.any(Number),
      resources: { cpuSeconds: expect.any(Number), peakMemoryMb: expect.any(Number) },
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      versions: { 'godata-dhis2': expect.any(String), node: process.versions.node },
      mappingHash: expect.any(String),
      report: { write: { created: 2 } },
      changes: { total: 2, file: `${recordsOf(project)[0]}/changes.csv` },
    });
    expect(stderr).toContain('write: cases 3 of 3');
    expect(stderr).toContain('GET /api/cases?... - 200');
  });

  it('limits progress lines and hides what adaptors log', async () => {
    const { stdout, stderr } = await run(projectOf("progress('cases', 5000);"));
    expect(stderr.match(/^write: cases /gm)).toHaveLength(2);
    expect(stderr).toContain('write: cases 5000 of 5000');
    expect(stdout + stderr).not.toContain('GET');
  });

  it('fails when a step fails, and writes the state with its errors', async () => {
    const project = projectOf(
      "failWith({ code: 'LOGIN_FAILED', message: 'No.', fix: 'Check the password.' });",
    );
    const { status, stdout, stderr } = await run(project, '--output', 'out.json');
    expect(status).toBe(1);
    expect(stderr).toContain(
      'Error: step write failed: No. (LOGIN_FAILED)\n  at: jobs/write.js:1\n  What to do: Check the password.\n',
    );
    expect(stdout).not.toContain('Nothing');
    const state = JSON.parse(readFileSync(path.join(project, 'out.json'), 'utf8'));
    expect(state.errors.write).toMatchObject({ code: 'LOGIN_FAILED' });
  });

  it('reads the initial state from --state and ignores old errors and reports', async () => {
    const project = projectOf("put('echo', $.outbreakId);");
    writeProjectFile(project, 'in.json', {
      outbreakId: 'o1',
      errors: { write: {} },
      report: { old: { read: 1 } },
    });
    const { stdout, status } = await run(project, '--state', 'in.json', '--output', 'out.json');
    expect(status).toBe(0);
    expect(stdout).not.toContain('old');
    expect(JSON.parse(readFileSync(path.join(project, 'out.json'), 'utf8'))).toEqual({
      data: {},
      outbreakId: 'o1',
      echo: 'o1',
    });
  });

  it('stops on SIGINT with status 130 and says how to continue', async () => {
    const project = projectOf('wait(20000);');
    const result = await runCommandLine(['run', 'small'], { cwd: project, stopWhen: 'started' });
    expect(result.stderr).toContain('Stopped. Run the same command again to continue safely.');
    expect(result.status).toBe(130);
  });

  it('prints and stores a document of a run that was stopped', async () => {
    const project = projectOf('wait(20000);');
    const result = await runCommandLine(['run', 'small', '--json'], {
      cwd: project,
      stopWhen: 'started',
    });
    const document = JSON.parse(result.stdout);
    expect(document).toMatchObject({ workflow: 'small', status: 'stopped', exitStatus: 130 });
    expect(readReport(project)).toEqual(document);
    expect(result.status).toBe(130);
  });

  it('counts completed data sets and deactivated places, and prints warnings', async () => {
    const entry = "{ deactivated: 2, completed: 3, warnings: ['Look at ou1.'] }";
    const project = projectOf(`report('write', ${entry});`);
    const [made, dry] = [await run(project), await run(project, '--dry-run')];
    expect(made.stdout).toContain('write: 2 deactivated, 3 registered as complete, ');
    expect(made.stdout).toContain('    warning: Look at ou1.\n');
    expect(dry.stdout).toContain('2 would be deactivated, 3 would be registered as complete, ');
  });

  it('prints no time of the run when no step reported', async () => {
    const { stdout } = await run(projectOf("failWith({ code: 'X', message: 'No.' });"));
    expect(stdout).toMatch(/^Report: /);
  });

  it('reports that the state file makes it a dry run', async () => {
    const project = projectOf(`report('write', { created: 1 }, ${planOf(1)});`);
    writeProjectFile(project, 'in.json', { dryRun: true });
    const { stdout } = await run(project, '--state', 'in.json');
    expect(stdout).toContain('(writes these changes, once dryRun is removed from in.json)');
  });

  it('does not use `more` from an earlier run as its own', async () => {
    const project = projectOf('fn(s => s);');
    writeProjectFile(project, 'in.json', { more: true });
    const { stdout } = await run(project, '--state', 'in.json');
    expect(stdout).toContain('(whenever the source has changed)');
  });
});

describe('output that cannot be written', () => {
  it('is refused before the run', async () => {
    const project = projectOf("fn(s => { console.log('ran'); return s; });");
    mkdirSync(path.join(project, 'out'));
    writeProjectFile(project, 'file', '');
    for (const output of ['out', 'file/out.json']) {
      const { status, stderr } = await run(project, '--output', output);
      expect(stderr).toContain(`Error: ${output} cannot be written: `);
      expect(stderr).toContain('(OUTPUT_UNWRITABLE)');
      expect(stderr).not.toContain('ran');
      expect(status).toBe(2);
    }
    writeProjectFile(project, 'state', '');
    const { status, stderr } = await run(project);
    expect(stderr).toContain('Error: state/.local/runs cannot be written: ');
    expect(stderr).not.toContain('ran');
    expect(status).toBe(2);
  });

  it('fails the run after the summary is printed', async () => {
    const project = projectOf(
      `occupy('out.json');\nreport('write', { created: 1 }, ${planOf(1)});`,
    );
    const { status, stdout, stderr } = await run(project, '--output', 'out.json');
    expect(stdout).toContain('Made 1 change:');
    expect(stderr).toContain('out.json could not be written');
    expect(readReport(project)).toMatchObject({
      status: 'failed',
      errors: [{ code: 'OUTPUT_NOT_WRITTEN' }],
    });
    expect(status).toBe(1);
  });

  it('does not replace a device', async () => {
    const project = projectOf('fn(s => s);');
    symlinkSync('/dev/null', path.join(project, 'null.json'));
    expect(await run(project, '--output', 'null.json')).toMatchObject({ status: 0 });
    expect(lstatSync(path.join(project, 'null.json')).isSymbolicLink()).toBe(true);
  });

  it('is not read first if it is a pipe, which may never end', async () => {
    const { status, stdout } = await runInShell(
      'run small --output /dev/stdout --json | cat',
      projectOf("put('cursor', { n: 1 });"),
    );
    expect(stdout).toContain('"cursor"');
    expect(status).toBe(0);
  });

  it('does not end a run when the reader of its output exits', async () => {
    const project = projectOf(
      "wait(300);\nfn(s => { console.log('x'); return s; });\nwait(300);\nreport('write', { created: 1 });",
    );
    const { status, stdout } = await runInShell('run small 2>&1 | head -1', project);
    expect(stdout).toBe('write: started\n');
    expect(readReport(project)).toMatchObject({ status: 'completed' });
    expect(status).toBe(0);
  });

  it.skipIf(!existsSync('/dev/full'))('fails the command when stdout is full', async () => {
    const { status, stderr } = await runInShell(
      'run small --json > /dev/full',
      projectOf('fn(s => s);'),
    );
    expect(stderr).toContain('Error: the output could not be written: ');
    expect(status).toBe(1);
  });
});

describe('an error outside the operations of a step', () => {
  it.each([
    ['a timer', "setTimeout(() => { throw new TypeError('late'); }, 50);"],
    ['a promise that nothing waits for', "Promise.reject(new TypeError('late'));"],
  ])('fails the running step: %s', async (_, statement) => {
    const project = projectOf(`\nfn(s => { ${statement} return s; });\nwait(5000);`);
    const { status, stdout, stderr } = await run(project, '--json');
    expect(stderr).toContain('Error: step write failed: late (TypeError)\n  at: jobs/write.js:3\n');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      errors: [{ step: 'write', message: 'late' }],
    });
    expect(readReport(project)).toMatchObject({ status: 'failed' });
    expect(status).toBe(1);
  });
});

describe('a command that cannot run', () => {
  const cases: [string, string[], RegExp][] = [
    [
      'an unknown workflow',
      ['run', 'smal'],
      /No workflow is named smal in .*project\.yaml\. There are: small\. Did you mean small\?/,
    ],
    [
      'a missing state file',
      ['run', 'small', '--state', 'no.json'],
      /There is no state file no\.json\./,
    ],
    [
      'a missing credentials file',
      ['run', 'small', '--credentials', 'no.json'],
      /There is no credentials file no\.json\./,
    ],
    [
      'a missing credential',
      ['run', 'small'],
      /No credentials file was given\. The workflow needs: tiny\. .*\n {2}What to do: Give one with --credentials FILE; see state\/credentials\.example\.json\./,
    ],
    [
      'an unknown option',
      ['run', 'small', '--dryrun'],
      /unknown option '--dryrun'\n\(Did you mean --dry-run\?\)/,
    ],
    ['an unknown command', ['rum'], /unknown command 'rum'\n\(Did you mean run\?\)/],
    ['no workflow', ['run'], /missing required argument 'workflow'/],
    [
      'a folder without a project',
      ['run', 'small', '--project', 'jobs'],
      /There is no project file jobs\/project\.yaml|There is no project file .*jobs\/project\.yaml/,
    ],
  ];
  it.each(cases)(
    'reports what is wrong with %s and ends with status 2',
    async (_, args, message) => {
      const project = projectOf('fn(s => s);', 'tiny');
      const { status, stdout, stderr } = await runCommandLine(args, { cwd: project });
      expect(stderr).toMatch(message);
      expect(stdout).toBe('');
      expect(status).toBe(2);
      expect(existsSync(path.join(project, 'state'))).toBe(false);
    },
  );

  it('reports the line of invalid credentials and quotes nothing from them', async () => {
    const project = projectOf('fn(s => s);', 'tiny');
    writeProjectFile(
      project,
      'c.json',
      '{\n  "tiny": {\n    "password": "hush" "apiUrl": "x"\n  }\n}',
    );
    const { status, stderr } = await run(project, '--credentials', 'c.json');
    expect(stderr).toMatch(
      /The credentials file c\.json is neither JSON nor YAML: line 3, column \d+\./,
    );
    expect(stderr).not.toContain('hush');
    expect(status).toBe(2);
  });

  it('quotes nothing from an undefined alias, or from a key that is not text', async () => {
    const project = projectOf('fn(s => s);', 'tiny');
    const head = 'tiny:\n  apiUrl: https://a.org/api\n  password: ';
    writeProjectFile(project, 'alias.yaml', `${head}*S3cretPa55\n`);
    const alias = await run(project, '--credentials', 'alias.yaml');
    expect(alias.stderr).toContain('alias.yaml is neither JSON nor YAML: line 3, column 13.');
    writeProjectFile(project, 'key.yaml', `${head}{{ S3cretPa55 }}\n`);
    const key = await run(project, '--credentials', 'key.yaml');
    expect(key.stderr).toContain('password must be string: put it in quotes.');
    expect(alias.stderr + key.stderr).not.toContain('S3cret');
    expect([alias.status, key.status]).toEqual([2, 2]);
  });

  it('accepts credentials as YAML', async () => {
    const project = projectOf('showConfiguration();', 'tiny');
    writeProjectFile(project, 'c.yaml', 'tiny:\n  apiUrl: https://a.org/api\n  password: "x"\n');
    expect(await run(project, '--credentials', 'c.yaml')).toMatchObject({ status: 0 });
  });

  it('prints the error as JSON with --json', async () => {
    const project = projectOf('fn(');
    const { status, stdout } = await run(project, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      workflow: 'small',
      status: 'misconfigured',
      exitStatus: 2,
      errors: [
        {
          code: 'JOB_SYNTAX',
          message: expect.stringContaining('jobs/write.js:1:4: Unexpected token\n  1 | fn('),
        },
      ],
    });
    expect(status).toBe(2);
  });
});

describe('godata-dhis2', () => {
  it('prints help with examples for every command, and its version', async () => {
    const [help, runHelp, version] = await Promise.all([
      runCommandLine(['--help']),
      runCommandLine(['run', '--help']),
      runCommandLine(['--version']),
    ]);
    expect(help).toMatchObject({ status: 0, stdout: expect.stringContaining('Examples:') });
    expect(runHelp).toMatchObject({ status: 0, stdout: expect.stringContaining('--dry-run') });
    expect(runHelp.stdout).toContain('Examples:');
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
