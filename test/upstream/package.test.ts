import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';

const run = promisify(execFile);

/** The packages whose code is in the DHIS2 adaptor; Go.Data's has none. */
const BUNDLED = ['d3-polygon', 'fflate', 'polylabel', 'tinyqueue'];

/** A PNG file's width, height and whether it has an alpha channel (PNG, IHDR: colour type 6). */
function readPng(file: string) {
  const bytes = readFileSync(file);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[25] === 6];
}

describe.each(['godata', 'dhis2'])('the package of %s', name => {
  const folder = path.join(PROJECT, 'adaptors/packages', name);
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  const manifest = JSON.parse(read('package.json'));

  it('packs what it needs, and no sources, tests or source maps', async () => {
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const isWindows = process.platform === 'win32';
    const { stdout } = await run('npm', args, { cwd: folder, shell: isWindows });
    const files: string[] = JSON.parse(stdout)[0].files.map((file: { path: string }) => file.path);
    expect(files).toEqual(
      expect.arrayContaining([
        'CHANGELOG.md',
        'LICENSE',
        'LICENSE.LESSER',
        'README.md',
        ...(name === 'dhis2' ? ['THIRD-PARTY-NOTICES'] : []),
        'assets/rectangle.png',
        'assets/square.png',
        'configuration-schema.json',
        'dist/index.cjs',
        'dist/index.js',
        'package.json',
      ]),
    );
    expect(files.filter(file => /\.map$|^src\/|^test\/|\.svg$/.test(file))).toEqual([]);
  });

  it('says what it is, whose it is, and what it needs', () => {
    expect(manifest).toMatchObject({
      name: `@openfn/language-${name}`,
      license: 'LGPL-3.0-or-later',
      author: expect.any(String),
      homepage: expect.stringMatching(/^https:/),
      repository: { type: 'git', directory: `packages/${name}` },
      engines: { node: expect.any(String) },
      keywords: expect.arrayContaining(['openfn', name]),
    });
    expect(manifest.description).toMatch(/^OpenFn adaptor for .{50,160}\.$/);
    expect(read('CHANGELOG.md')).toContain(`## ${manifest.version}\n`);
    expect(read('README.md')).toContain('not published');
  });

  it('has both texts of its licence, and those of all packages whose code is in it', () => {
    expect(read('LICENSE')).toContain('GNU GENERAL PUBLIC LICENSE');
    expect(read('LICENSE.LESSER')).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
    const bundled = new Set(
      [...read('dist/index.js').matchAll(/^\/\/ node_modules\/([^/]+)\//gm)].map(([, one]) => one!),
    );
    expect([...bundled].sort()).toEqual(name === 'dhis2' ? BUNDLED : []);
    const hasNotices = existsSync(path.join(folder, 'THIRD-PARTY-NOTICES'));
    expect(hasNotices).toBe(bundled.size > 0);
    expect(manifest.files.includes('THIRD-PARTY-NOTICES')).toBe(hasNotices);
    const notices = hasNotices ? read('THIRD-PARTY-NOTICES') : '';
    for (const one of bundled) {
      const texts = path.join(PROJECT, 'node_modules', one);
      const file = readdirSync(texts).find(entry => /^licen[cs]e/i.test(entry))!;
      expect(notices).toContain(readFileSync(path.join(texts, file), 'utf8').trim());
    }
    expect([...notices.matchAll(/^- /gm)]).toHaveLength(bundled.size);
  });

  it('has a README without links that lead out of the package', () => {
    const links = [...read('README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
    expect(links.filter(target => !/^(https:|#)/.test(target))).toEqual([]);
  });

  it('has logos of the sizes that OpenFn asks for, on a transparent background', () => {
    expect(readPng(path.join(folder, 'assets/square.png'))).toEqual([256, 256, true]);
    expect(readPng(path.join(folder, 'assets/rectangle.png'))).toEqual([512, 190, true]);
  });
});
