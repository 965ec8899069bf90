import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as common from '@openfn/language-common';
import { describe, expect, it } from 'vitest';
import * as dhis2 from '#dhis2/Adaptor.js';
import * as godata from '#godata/Adaptor.js';
import { PROJECT } from '../support/workflow.js';

const NAMESPACES = ['http', 'tracker', 'util'];

/** Every operation that belongs to an adaptor itself: `tally`, `tracker.import`... */
function operationsOf(adaptor: Record<string, unknown>): string[] {
  return Object.keys(adaptor)
    .filter(
      name => adaptor[name] !== (common as Record<string, unknown>)[name] && name !== 'execute',
    )
    .flatMap(name =>
      NAMESPACES.includes(name)
        ? Object.keys(adaptor[name] as object).map(inner => `${name}.${inner}`)
        : [name],
    );
}

/** What the pages of the workflows do not describe. */
const FOLDERS = [
  'client',
  'operations',
  'tracker/import',
  'aggregate',
  'data-values/mapping',
  'data-values/plan',
  'tally',
  'people/upsert/outbreaks',
];

/** Error codes of single records and requests. */
function codesOf(source: string): string[] {
  const files = FOLDERS.map(folder => path.join(source, folder))
    .filter(folder => existsSync(folder))
    .flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file =>
        path.join(folder, file),
      ),
    )
    .filter(file => file.endsWith('.ts'))
    .map(file => readFileSync(file, 'utf8'));
  const code = /(?:code: |configurationError\(\s*)'([A-Z][A-Z_]+[A-Z])'/g;
  return [...new Set(files.flatMap(text => [...text.matchAll(code)].map(match => match[1]!)))];
}

describe.each([
  ['godata', godata as Record<string, unknown>],
  ['dhis2', dhis2 as Record<string, unknown>],
])('the README of %s', (name, adaptor) => {
  const folder = path.join(PROJECT, 'adaptors/packages', name);
  const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');

  it('names every operation', () => {
    const operations = operationsOf(adaptor);
    expect(operations.length).toBeGreaterThan(10);
    expect(operations.filter(operation => !new RegExp(`\\b${operation}\\b`).test(readme))).toEqual(
      [],
    );
  });

  it('is not everything: every operation has docs of its own, with an example', async () => {
    const copy = mkdtempSync(path.join(tmpdir(), 'adaptor-docs-'));
    try {
      const script = path.join(PROJECT, 'adaptors/write-docs.mjs');
      const { writeDocs } = await import(pathToFileURL(script).href);
      writeDocs(folder, copy);
      const { operations } = JSON.parse(readFileSync(path.join(copy, 'ast.json'), 'utf8'));
      const tagsOf = new Map<string, { title: string; description: string | null }[]>(
        operations.map((one: { name: string; docs: { tags: [] } }) => [one.name, one.docs.tags]),
      );
      const hasExample = (operation: string) =>
        tagsOf.get(operation)?.some(({ title, description }) => title === 'example' && description);
      // Classes are for programs, not for jobs; constants cannot be called.
      const callable = operationsOf(adaptor).filter(one => !/(^|\.)[A-Z]/.test(one));
      expect(callable.filter(operation => !hasExample(operation))).toEqual([]);
      const page = readFileSync(path.join(copy, 'docs/index.md'), 'utf8');
      for (const operation of tagsOf.keys()) expect(page).toContain(`## ${operation}(`);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  it('names every code of its errors', () => {
    const codes = codesOf(path.join(folder, 'src'));
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter(code => !readme.includes(code))).toEqual([]);
  });
});
