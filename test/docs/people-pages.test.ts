import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';

/** The pages for users who map people, or begin with a project of their own. */
const PAGES = [
  'jobs/tracked-entities-to-cases/README.md',
  'jobs/cases-to-tracked-entities/README.md',
  'jobs/people/README.md',
  'docs/deciding.md',
  'docs/your-own-project.md',
];
const MAX_CELL = 150;

const read = (page: string) => readFileSync(path.join(PROJECT, page), 'utf8');

/** The anchors of a page, as they are made of its headings. */
function anchorsOf(page: string): Set<string> {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(match => match[1]!);
  return new Set(
    headings.map(heading =>
      heading
        .toLowerCase()
        .replace(/[^\p{Letter}\p{Number} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

describe.each(PAGES)('the page %s', page => {
  it('has tables that can be read: no cell is a paragraph', () => {
    const rows = read(page)
      .split('\n')
      .filter(line => line.startsWith('|'));
    expect(rows).not.toEqual([]);
    const cells = rows.flatMap(row => row.split('|').map(cell => cell.trim()));
    expect(cells.filter(cell => cell.length > MAX_CELL)).toEqual([]);
  });
});

describe.each(PAGES)('the links of %s', page => {
  it('lead to pages and headings that exist', () => {
    const links = [...read(page).matchAll(/\]\(([^)]+)\)/g)].map(match => match[1]!);
    const local = links.filter(link => !/^[a-z]+:/.test(link));
    expect(local).not.toEqual([]);
    const broken = local.filter(link => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : path.join(path.dirname(page), file);
      if (!existsSync(path.join(PROJECT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe('the page of the mapping', () => {
  it('has at most 150 lines', () => {
    expect(read('jobs/people/README.md').split('\n').length).toBeLessThanOrEqual(151);
  });
});
