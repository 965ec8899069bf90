import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readProject, writeJobTypes } from '#runtime/index.js';
import { PROJECT } from '../../support/workflow.js';
import { startEditor } from '../support/editor.js';
import { createProject, writeProjectFile } from '../support/project.js';

// TypeScript takes seconds for a program, and minutes beside other tests.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** Types of the tiny adaptor. */
const TYPES = `export { fn, fnIf } from '@openfn/language-common';
/** Puts a value under a key of state. */
export declare function put(key: 'a' | 'b', value: unknown): (state: object) => object;
`;

/** A project with a job of the tiny adaptor and one of language-common. */
function projectOf(tiny: string, common = '') {
  const folder = createProject({
    steps: {
      tiny: { job: tiny },
      common: { job: common, adaptor: '@openfn/language-common@3.3.4' },
    },
  });
  const adaptor = path.join(folder, 'adaptors/packages/tiny');
  const manifest = JSON.parse(readFileSync(path.join(adaptor, 'package.json'), 'utf8'));
  mkdirSync(path.join(adaptor, 'types'));
  writeProjectFile(adaptor, 'types/index.d.ts', TYPES);
  writeProjectFile(adaptor, 'package.json', { ...manifest, types: 'types/index.d.ts' });
  return folder;
}

/** Files of packages after TypeScript has read them: each program reads the same hundreds. */
const packages = new Map<string, ts.SourceFile | undefined>();

function createHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile: (file, ...rest) => {
      if (!file.includes('/node_modules/')) return host.getSourceFile(file, ...rest);
      if (!packages.has(file)) packages.set(file, host.getSourceFile(file, ...rest));
      return packages.get(file);
    },
  };
}

function readConfig(config: string) {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
  return ts.getParsedCommandLineOfConfigFile(config, {}, host)!;
}

/** What `tsc -p` reports about the jobs of a project. */
async function typeErrorsOf(folder: string): Promise<string[]> {
  return (await writeJobTypes(folder)).flatMap(config => {
    const { fileNames, options } = readConfig(config);
    const program = ts.createProgram(fileNames, options, createHost(options));
    const text = ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
      getCurrentDirectory: () => folder,
      getCanonicalFileName: file => file,
      getNewLine: () => '\n',
    });
    return text
      .trim()
      .split('\n')
      .filter(line => line !== '');
  });
}

describe('the jobs of this project', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['build.js'], { cwd: PROJECT, stdio: 'inherit' });
  });

  it('pass npm run check', () => {
    const { status, stdout } = spawnSync('npm', ['run', 'check'], {
      cwd: PROJECT,
      encoding: 'utf8',
    });
    expect(stdout).toContain('no problems');
    expect(status).toBe(0);
  });

  it('begin with // @ts-check', () => {
    const jobs = Object.values(readProject(PROJECT).spec.workflows!).flatMap(({ jobs = {} }) =>
      Object.values(jobs),
    );
    expect(jobs.length).toBeGreaterThan(0);
    for (const { body } of jobs) {
      const text = readFileSync(path.join(PROJECT, (body as { path: string }).path), 'utf8');
      expect(text.split('\n')[0]).toBe('// @ts-check');
    }
  });

  it('are completed, explained and checked by an editor, each with its own adaptor', async () => {
    const file = path.join(PROJECT, 'jobs/cases-to-data-values/fetch-cases.js');
    const other = path.join(PROJECT, 'jobs/cases-to-data-values/aggregate.js');
    const editor = startEditor();
    const text = readFileSync(file, 'utf8').replace(
      "tally('cases', {",
      "tally('cases', {\n  pageSise: 1,",
    );
    editor.open(file, `// @ts-check\n\n${text}`);
    editor.open(other, '// @ts-check\n\n');
    expect(await editor.errors(file)).toEqual([
      expect.stringContaining("'pageSise' does not exist"),
    ]);
    expect(await editor.completions(file, 2, 1)).toEqual(
      expect.arrayContaining(['tally', '$', 'fn']),
    );
    expect(await editor.completions(file, 2, 1)).not.toContain('aggregate');
    expect(await editor.completions(other, 2, 1)).toContain('aggregate');
    expect(await editor.completions(other, 2, 1)).not.toContain('tally');
    const line = text.split('\n').findIndex(each => each.startsWith('tally(')) + 3;
    expect(await editor.hover(file, line, 2)).toContain('Counts the people of an outbreak');
  });

  describe('the functions of rows in the mapping of people', () => {
    /** Names that do not exist, and wrong arguments: what is replaced, by what, and the error. */
    const MISTAKES: [from: string, to: string, message: string][] = [
      [
        'person.latest(labR',
        'person.lates(labR',
        "'lates' does not exist on type 'TrackedEntityView'",
      ],
      ['person.events(labRequest.ref)', 'person.events()', 'Expected 1 arguments, but got 0'],
      ['[code(pregnancies, status),', '[code(status),', 'Expected 2 arguments, but got 1'],
      [
        'enrollment.events(',
        'enrollment.event(',
        "'event' does not exist on type 'EnrollmentView'",
      ],
      ["record.value('out", "record.valu('out", "'valu' does not exist on type 'RecordReader'"],
      ['fields.outcomeId &&', 'fields.outcomId &&', "'outcomId' does not exist"],
      ['relationship.createdAt', 'relationship.created', "'created' does not exist"],
      ['person?.enrolledAt', 'person?.enrolled', "'enrolled' does not exist"],
      ['request?.day', 'request?.date', "'date' does not exist on type 'EventView'"],
      ['{ fields }) => (fields.result', '{ field }) => (fields.result', "'field' does not exist"],
      ['visit.statusId', 'visit.status', "'status' does not exist"],
    ];
    const job = path.join(PROJECT, 'jobs/people/map-people.js');

    /** The job with another text, as TypeScript reads it with an adaptor. */
    function readJob(adaptor: string, text: string) {
      const config = path.join(PROJECT, 'dist/job-types', adaptor, 'tsconfig.json');
      const { fileNames, options } = readConfig(config);
      const host = createHost(options);
      const program = ts.createProgram(
        fileNames.filter(file => file.endsWith('.d.ts') || file === job),
        options,
        {
          ...host,
          getSourceFile: (file, version, ...rest) =>
            file === job
              ? ts.createSourceFile(file, text, version, true)
              : host.getSourceFile(file, version, ...rest),
        },
      );
      const file = program.getSourceFile(job)!;
      const errors = program
        .getSemanticDiagnostics(file)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
      return { file, errors, checker: program.getTypeChecker() };
    }

    /** The job with its mistakes. */
    function withMistakes(mistakes: readonly (typeof MISTAKES)[number][]): string {
      return mistakes.reduce(
        (text, [from, to]) => {
          expect(text).toContain(from);
          return text.replace(from, to);
        },
        readFileSync(job, 'utf8'),
      );
    }

    it.each(['godata', 'dhis2'])('are checked with the adaptor %s', adaptor => {
      const { errors } = readJob(adaptor, withMistakes(MISTAKES));
      for (const [, , message] of MISTAKES) {
        expect(errors).toContainEqual(expect.stringContaining(message));
      }
      // Without the name `fields`, its use is a mistake, too.
      expect(errors).toHaveLength(MISTAKES.length + 1);
    });

    /** Mistakes in the table itself. All of them are in one text, which is compiled once. */
    const OF_ROWS: typeof MISTAKES = [
      ["row('lastName',", "row('lastNam',", `'"lastNam"' is not assignable to parameter of type`],
      ["attribute('sB1IHYu2xQT')", 'attribute(7)', "'number' is not assignable to parameter"],
      ["('source'), { owner:", "('source'), { ownr:", "Did you mean to write 'owner'?"],
      [
        "{ owner: 'dhis2' }),\n  row('occ",
        "{ owner: 'dhis3' }),\n  row('occ",
        `Did you mean '"dhis2"'?`,
      ],
      ["attribute('NI0QRzJvQ0k')", "'NI0QRzJvQ0k'", `'"NI0QRzJvQ0k"' is not assignable to`],
    ];
    let errorsOfRows: string[] | undefined;

    it.each(OF_ROWS)('have a table around them in which %s cannot be %s', (_, __, message) => {
      errorsOfRows ??= readJob('godata', withMistakes(OF_ROWS)).errors;
      const found = errorsOfRows.filter(error => error.includes(message));
      expect(found).toHaveLength(1);
    });

    it.each([
      ['godata', 'person.latest', 'The latest value of a data element in a stage'],
      ['godata', 'event.value', 'Value of a data element; undefined when'],
      ['dhis2', 'record.day', 'The day of a date, `yyyy-MM-dd`'],
    ])('are explained with the adaptor %s: %s', (adaptor, call, text) => {
      const { file, errors, checker } = readJob(adaptor, readFileSync(job, 'utf8'));
      expect(errors).toEqual([]);
      const called = ts.forEachChild(file, function find(one): ts.Node | undefined {
        const isCall = ts.isCallExpression(one) && one.expression.getText(file) === call;
        return isCall ? one.expression : ts.forEachChild(one, find);
      }) as ts.PropertyAccessExpression;
      const symbol = checker.getSymbolAtLocation(called.name);
      expect(ts.displayPartsToString(symbol?.getDocumentationComment(checker))).toContain(text);
    });
  });
});

describe('a job that begins with // @ts-check', () => {
  it('has the names of its adaptor, of the platform and of the language', async () => {
    const job = `// @ts-check
      const key = 'a';
      put(key, $.data.deep.path);
      fn(state => ({ ...state, n: state.data.map(x => x.y), at: new Date(), $x: Object.groupBy }));
      fnIf(state => state.data, fn(s => s));
      fn(async state => { console.log(Buffer.from('x').toString('hex')); setTimeout(() => {}, 1); return state; });`;
    const errors = await typeErrorsOf(
      projectOf(job, '// @ts-check\nconst key = 1;\neach($.data, fn(s => key));'),
    );
    expect(errors).toEqual([expect.stringContaining("Property 'groupBy' does not exist")]);
  });

  it('has its mistakes reported at their place', async () => {
    const lines: [line: string, column: number, message: string][] = [
      ["put('c', 1);", 5, `'"c"' is not assignable`],
      ['putt(1);', 1, "Cannot find name 'putt'. Did you mean 'put'?"],
      ['tally(1);', 1, "Cannot find name 'tally'"],
      ['fn(fetch);', 4, "Cannot find name 'fetch'"],
      ['fn(process);', 4, "Cannot find name 'process'"],
      ['fn(new URL($.x));', 8, "Cannot find name 'URL'"],
      ["fn(state => { ''.nope(); });", 18, "Property 'nope' does not exist"],
    ];
    const job = ['// @ts-check', ...lines.map(([line]) => line)].join('\n');
    expect(await typeErrorsOf(projectOf(job))).toEqual(
      lines.map(([, column, message], index) =>
        expect.stringMatching(
          `^jobs/tiny\\.js\\(${index + 2},${column}\\): .*${message.replace(/[.?]/g, '\\$&')}`,
        ),
      ),
    );
  });
});

describe('declarations for jobs', () => {
  it('do not affect a job without // @ts-check', async () => {
    expect(await typeErrorsOf(projectOf('putt(fetch);'))).toEqual([]);
  });

  it('check only the names of an adaptor whose types are not built', async () => {
    const folder = createProject({ steps: { one: { job: '// @ts-check\nput(1, 2);\nputt(1);' } } });
    expect(await typeErrorsOf(folder)).toEqual([
      expect.stringContaining("Cannot find name 'putt'"),
    ]);
  });
});
