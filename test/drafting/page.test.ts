import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';

const FOLDERS = ['drafting/src', 'adaptors/runtime/src/scaffold/new-project.ts'];

function sources(): string {
  return FOLDERS.flatMap(folder => {
    const target = path.join(PROJECT, folder);
    if (target.endsWith('.ts')) return readFileSync(target, 'utf8');
    return readdirSync(target, { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => readFileSync(path.join(target, file), 'utf8'));
  }).join('\n');
}

describe('the page of your own project', () => {
  it('lists every error code of the drafting', () => {
    const page = readFileSync(path.join(PROJECT, 'docs/your-own-project.md'), 'utf8');
    const listed = new Set([...page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code]) => code));
    const text = sources();
    const thrown = new Set([
      ...[...text.matchAll(/configurationError\(\s*'([A-Z_]+)'/g)].map(([, code]) => code),
      ...[...text.matchAll(/code: '(UNKNOWN_[A-Z_]+)'/g)].map(([, code]) => code),
    ]);
    expect(thrown.size).toBeGreaterThan(6);
    // A folder that cannot be written is on the page of the runtime.
    thrown.delete('OUTPUT_UNWRITABLE');
    expect([...thrown].filter(code => !listed.has(code))).toEqual([]);
  });
});
