import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as forms from '#common/people-mapping/index.js';
import { PROJECT } from '../support/workflow.js';

const page = readFileSync(path.join(PROJECT, 'jobs/people/README.md'), 'utf8');
const SOURCE = path.join(PROJECT, 'adaptors/common/src/people-mapping');
const read = (file: string) => readFileSync(path.join(SOURCE, file), 'utf8');

describe('the page of the mapping of people', () => {
  it('names every code of a problem', () => {
    const codes = readdirSync(SOURCE)
      .flatMap(file => [...read(file).matchAll(/'([A-Z]+_[A-Z_]+)'/g)])
      .map(([, code]) => code!)
      .filter(code => !/^(INTEGER|UNIT|TRUE|FILE|TRACKER|LONG|LNG)_/.test(code));
    expect(codes).toEqual(expect.arrayContaining(['UNKNOWN_ATTRIBUTE', 'TWO_ROWS']));
    expect(codes.filter(code => !page.includes(`\`${code}\``) && code !== 'BAD_MAPPING')).toEqual(
      [],
    );
  });

  it('names every part of a mapping, and every form', () => {
    const [, keys] = /const KEYS = \[([^\]]+)\]/.exec(read('read-people-mapping.ts'))!;
    for (const key of keys!.match(/\w+/g)!) expect(page).toContain(`\`${key}\``);
    for (const form of Object.keys(forms)) expect(page).toMatch(new RegExp(`\\b${form}\\(`));
  });

  it('explains a mapping of at most 400 lines', () => {
    const job = readFileSync(path.join(PROJECT, 'jobs/people/map-people.js'), 'utf8');
    expect(job.trimEnd().split('\n').length).toBeLessThanOrEqual(400);
  });

  it('has at most 150 lines', () => {
    expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });
});
