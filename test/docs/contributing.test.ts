import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';

const PAGES = [
  'CONTRIBUTING.md',
  'README.md',
  'adaptors/common/README.md',
  'adaptors/common/src/handover/README.md',
];

/** Links of a page to files of the project, without their anchors. */
function linksOf(page: string): string[] {
  const text = readFileSync(path.join(PROJECT, page), 'utf8');
  return [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .map(match => match[1]!)
    .filter(link => !/^[a-z]+:/.test(link));
}

describe.each(PAGES)('the links of %s', page => {
  it('lead to files of the project', () => {
    const links = linksOf(page);
    expect(links).not.toEqual([]);
    const folder = path.dirname(path.join(PROJECT, page));
    expect(links.filter(link => !existsSync(path.join(folder, link)))).toEqual([]);
  });
});

describe('the map in CONTRIBUTING.md', () => {
  it('names files that exist', () => {
    const text = readFileSync(path.join(PROJECT, 'CONTRIBUTING.md'), 'utf8');
    const files = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:ts|js))`/g)].map(
      match => match[1]!,
    );
    expect(files.length).toBeGreaterThan(20);
    const places = ['', 'adaptors/packages'];
    const isThere = (file: string) =>
      places.some(place => existsSync(path.join(PROJECT, place, file)));
    expect(files.filter(file => !isThere(file))).toEqual([]);
  });
});
