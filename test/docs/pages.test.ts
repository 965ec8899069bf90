import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../support/workflow.js';
import { anchorsOf, headingsOf, linksIn, PAGES, readPage, rowsIn } from './support/pages.js';

/** A longer cell is a paragraph. */
const MAX_CELL = 150;

/** The file of the project to which a link of a page leads, and the heading in it. */
function follow(page: string, link: string): { target: string; anchor?: string } {
  const [file = '', anchor] = link.split('#');
  // The page of a project that `init` makes stands in that project.
  const inProject = file.replace(/^node_modules\/godata-dhis2\//, '/');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  return { target: inProject === file ? target : inProject.slice(1), anchor };
}

describe.each(PAGES)('the page %s', page => {
  it('has links that lead to files and headings of the project', () => {
    const local = linksIn(readPage(page)).filter(link => !/^[a-z]+:/.test(link));
    const broken = local.filter(link => {
      const { target, anchor } = follow(page, link);
      if (!existsSync(path.join(PROJECT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('has tables that can be read: no cell is a paragraph', () => {
    const cells = rowsIn(readPage(page)).flat();
    expect(cells.filter(cell => cell.length > MAX_CELL && !/^[:-]+$/.test(cell))).toEqual([]);
  });

  it('has each heading once', () => {
    const headings = headingsOf(page);
    expect(headings.filter((one, index) => headings.indexOf(one) !== index)).toEqual([]);
  });
});
