import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';

const FOLDERS = [
  'dhis2/src/org-units/fetch',
  'dhis2/src/org-units/file',
  'godata/src/locations/apply',
  'godata/src/locations/map',
  'godata/src/locations/plan',
];
const FILES = ['dhis2/src/org-units/to-org-unit.ts'];
const WAY_BACK = [
  'dhis2/src/org-units/map',
  'dhis2/src/org-units/plan',
  'dhis2/src/org-units/apply',
  'godata/src/locations/fetch',
];

/** Names in capitals in the source: the codes of what is rejected, adjusted, or stops a run. */
function codesInSource(folders: string[], single: string[]): string[] {
  const packages = path.join(PROJECT, 'adaptors/packages');
  const files = folders.flatMap(folder =>
    readdirSync(path.join(packages, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts'))
      .map(file => path.join(folder, file)),
  );
  const texts = [...files, ...single].map(file => readFileSync(path.join(packages, file), 'utf8'));
  const codes = texts.flatMap(text => [
    ...text.matchAll(/code: '([A-Z]+)'|'([A-Z]+(?:_[A-Z]+)+)'/g),
  ]);
  return [...new Set(codes.map(match => (match[1] ?? match[2])!))];
}

describe('the page of org-units-to-locations', () => {
  const page = readFileSync(path.join(PROJECT, 'jobs/org-units-to-locations/README.md'), 'utf8');

  it('names every code that a run can end with, and what to do', () => {
    const codes = codesInSource(FOLDERS, FILES);
    expect(codes).toEqual(expect.arrayContaining(['NAME_TAKEN', 'RESTORED', 'NO_CODE']));
    // Go.Data's own codes, and those that mean that a proxy answered.
    const others = ['PRE_VALIDATION', 'IMPORT_PARTIAL_SUCCESS_WITH_DETAILS', 'UNEXPECTED_ANSWER'];
    expect(codes.filter(code => !others.includes(code) && !page.includes(`\`${code}`))).toEqual([]);
  });

  it.each(['fetch-org-units', 'map-locations'])('names every option that %s.js uses', name => {
    const job = path.join(PROJECT, 'jobs/org-units-to-locations', `${name}.js`);
    const words = [...readFileSync(job, 'utf8').matchAll(/^ {2}(\w+):|orgUnit\.(\w+)/gm)];
    for (const [, key, property] of words) expect(page).toContain(`\`${key ?? property}`);
  });
});

it('the page of locations-to-org-units names every code that a run can end with', () => {
  const page = readFileSync(path.join(PROJECT, 'jobs/locations-to-org-units/README.md'), 'utf8');
  const codes = codesInSource(WAY_BACK, []);
  expect(codes).toContain('AMBIGUOUS');
  // The message itself explains what the mapping is refused for.
  const others = ['BAD_MAPPING', 'UNEXPECTED_ANSWER', 'PATCH'];
  expect(codes.filter(code => !others.includes(code) && !page.includes(`\`${code}`))).toEqual([]);
});
