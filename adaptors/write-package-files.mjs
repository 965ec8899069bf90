// Writes the files of an adaptor's package that are made from others: the texts of its licence, and the notices
// of the packages that are bundled into it, if there are any.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

/** LGPL-3.0 adds permissions to GPL-3.0, so both texts belong to it. The names are those in OpenFn's repository. */
const LICENCES = { LICENSE: 'COPYING', 'LICENSE.LESSER': 'COPYING.LESSER' };

/**
 * @param {string} folder of the package
 * @param {import('esbuild').Metafile} metafile of its module
 */
export function writePackageFiles(folder, metafile) {
  for (const [name, source] of Object.entries(LICENCES)) {
    writeFileSync(path.join(folder, name), readFileSync(path.join(root, source)));
  }
  const notices = path.join(folder, 'THIRD-PARTY-NOTICES');
  const bundled = bundledPackages(metafile);
  if (bundled.length > 0) writeFileSync(notices, toNotices(bundled));
  else rmSync(notices, { force: true });
}

/**
 * The packages whose code is in a module, by name.
 * @param {import('esbuild').Metafile} metafile
 */
function bundledPackages({ outputs }) {
  const inputs = Object.values(outputs).flatMap(output => Object.entries(output.inputs));
  const names = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([file]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.slice(1) ?? []);
  return [...new Set(names)].sort();
}

/** @param {string[]} names */
function toNotices(names) {
  const packages = names.map(readNotice);
  const rule = '-'.repeat(80);
  return [
    'This package contains code of:',
    '',
    ...packages.map(({ line }) => `- ${line}`),
    ...packages.flatMap(({ line, text }) => ['', rule, line, rule, '', text]),
    '',
  ].join('\n');
}

/**
 * @param {string} name
 * @throws Error if the package has no text of its licence: then it must not be bundled
 */
function readNotice(name) {
  const folder = path.join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} has no text of its licence.`);
  const text = readFileSync(path.join(folder, file), 'utf8').trim().replaceAll('\r\n', '\n');
  const holder = text.split('\n').find(line => /copyright/i.test(line)) ?? '';
  return { line: `${name} ${version} (${license}): ${holder.trim()}`, text };
}
