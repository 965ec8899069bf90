import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_DEEP } from '../support/runs.js';
import { PROJECT } from '../support/workflow.js';

let output: string;
beforeAll(async () => {
  output = mkdtempSync(path.join(tmpdir(), 'upstream-'));
  const script = path.join(PROJECT, 'adaptors/write-upstream.mjs');
  const { writeUpstream } = await import(pathToFileURL(script).href);
  await writeUpstream(output);
  symlinkSync(path.join(PROJECT, 'node_modules'), path.join(output, 'node_modules'), 'junction');
});
afterAll(() => rmSync(output, { recursive: true, force: true }));

const read = (...file: string[]) => readFileSync(path.join(output, ...file), 'utf8');

/** Rules of OpenFn's repository: its guide and template for adaptors, its build and its CI (openfn FACTS §7). */
describe.each([
  ['dhis2', '9.0.0'],
  ['godata', '4.0.0'],
])('the pull request for %s', (name, next) => {
  const folder = `packages/${name}`;
  const manifest = () => JSON.parse(read(folder, 'package.json'));

  it('has the files that each adaptor has there, and none that the build makes', () => {
    expect(readdirSync(path.join(output, folder)).sort()).toEqual([
      'LICENSE',
      'LICENSE.LESSER',
      'README.md',
      'assets',
      'ast.json',
      'build.config.js',
      'configuration-schema.json',
      'package.json',
      'src',
      'test',
      'tsconfig.json',
    ]);
    expect(readdirSync(path.join(output, folder, 'assets'))).toEqual([
      'rectangle.png',
      'square.png',
    ]);
  });

  it('has a package.json in the form of the template there', () => {
    expect(manifest()).toMatchObject({
      name: `@openfn/language-${name}`,
      label: expect.any(String),
      type: 'module',
      main: 'dist/index.cjs',
      types: 'types/index.d.ts',
      exports: {
        '.': {
          import: './dist/index.js',
          types: './types/index.d.ts',
          require: './dist/index.cjs',
        },
        './package.json': './package.json',
      },
      scripts: {
        build: `pnpm clean && build-adaptor ${name} src dts docs`,
        clean: 'rimraf dist types docs',
        test: expect.stringContaining('mocha'),
      },
      author: 'Open Function Group',
      license: 'LGPLv3',
      files: ['dist/', 'types/', 'ast.json', 'configuration-schema.json'],
      repository: { type: 'git', url: 'https://github.com/openfn/adaptors.git' },
    });
  });

  it('has a changeset of one package, which raises the published version to that of the package', () => {
    const own = JSON.parse(
      readFileSync(path.join(PROJECT, 'adaptors', folder, 'package.json'), 'utf8'),
    );
    expect(own.version).toBe(next);
    const [major] = manifest().version.split('.');
    expect(`${Number(major) + 1}.0.0`).toBe(next);
    expect(read('.changeset', `${name}-plans-writes.md`)).toMatch(
      new RegExp(`^---\\n'@openfn/language-${name}': major\\n---\\n\\n\\S`),
    );
  });

  it('has a credential schema of draft-07', () => {
    const schema = JSON.parse(read(folder, 'configuration-schema.json'));
    const ajv = new Ajv({ allErrors: true, strict: false });
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
    expect(schema.$schema).toContain('draft-07');
  });

  it('documents each operation with an example and a caption or a text', () => {
    const { operations } = JSON.parse(read(folder, 'ast.json'));
    expect(operations.length).toBeGreaterThan(20);
    for (const { name: operation, docs, valid } of operations) {
      const titles = docs.tags.map(({ title }: { title: string }) => title);
      expect(titles, operation).toEqual(expect.arrayContaining(['public', 'example']));
      expect(docs.description, operation).toMatch(/\S/);
      expect(valid).toBe(true);
    }
  });

  it('builds as there, from its own files and the packages that it names', async () => {
    const { dependencies } = manifest();
    expect(dependencies['@openfn/language-common']).toBe('workspace:*');
    const outfile = path.join(output, folder, 'built.mjs');
    const { metafile } = await build({
      absWorkingDir: path.join(output, folder),
      entryPoints: ['src/index.ts'],
      ...{ bundle: true, format: 'esm', platform: 'node', target: 'node14', logLevel: 'silent' },
      external: Object.keys(dependencies),
      metafile: true,
      outfile,
    });
    const built = await import(pathToFileURL(outfile).href);
    rmSync(outfile);
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter(file => !file.startsWith('src/'))).toEqual([]);
    expect(inputs.some(file => file.startsWith('src/common/'))).toBe(true);
    const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    const packages = outside.map(({ path: one }) => one.replace(/^(@[^/]+\/[^/]+|[^/]+).*$/, '$1'));
    expect([...new Set(packages)].sort()).toEqual(Object.keys(dependencies).sort());
    const own = path.join(PROJECT, 'adaptors', folder, 'dist/index.js');
    expect(Object.keys(built)).toEqual(Object.keys(await import(pathToFileURL(own).href)));
  });

  it('names each export, as the compiler there does not follow `export *`', async () => {
    const own = path.join(PROJECT, 'adaptors', folder, 'dist/index.js');
    const { default: _, ...exported } = await import(pathToFileURL(own).href);
    const named = /^export \{\n([^}]*)\} from/m.exec(read(folder, 'src/index.ts'))![1]!;
    expect(named.match(/\w+/g)).toEqual(Object.keys(exported).sort());
  });

  it.runIf(IS_DEEP)('is free of type errors by its own configuration', () => {
    const tsc = path.join(PROJECT, 'node_modules/typescript/bin/tsc');
    const args = ['--noEmit', '--types', 'node', '-p', path.join(output, folder)];
    execFileSync(process.execPath, [tsc, ...args], { encoding: 'utf8' });
  });
});
