import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as common from '@openfn/language-common';
import { describe, expect, it } from 'vitest';
import * as dhis2 from '#dhis2/Adaptor.js';
import * as godata from '#godata/Adaptor.js';
import { PROJECT } from '../support/workflow.js';
import { createFolder, linkPackage, runInNode } from './support/folders.js';
import { blocksOf, PAGES, type PageBlock } from './support/pages.js';

/** Programs in plain Node, by a part of their text: the test that runs each. */
const RUN_BY: Readonly<Record<string, string>> = {
  "import { GoDataClient } from 'godata-dhis2/godata'": 'test/godata/readme.test.ts',
  '// run.mjs': 'test/docs/scenes.test.ts',
  '// age-bands.test.js': 'test/docs/scenes.test.ts',
  "['cases.json', 'contacts.json']": 'test/docs/scenes.test.ts',
  '// people.test.js': 'test/docs/scenes.test.ts',
  '// try-sandbox.mjs': 'test/sandbox/library/library.test.ts',
  '// try-servers.mjs': 'test/sandbox/library/library.test.ts',
};

/** Blocks of a job that go on with constants of a shown job: `...` is not JavaScript. */
const SHORTENED = 'docs/your-own-project.md';

/** The pages that show files of other languages, and the test that holds each page. */
const OTHERS: Readonly<Record<string, string>> = {
  'adaptors/common/src/handover/README.md': 'test/common/handover.test.ts',
  'docs/scale-out.md': 'test/runtime/bundle/list-command.test.ts',
  'docs/schedule.md': 'test/docs/schedule.test.ts',
};

/** Operations and forms that a job of any adaptor can call. */
const NAMES = Object.entries({ ...common, ...dhis2, ...godata }).filter(
  ([name]) => /^[A-Za-z]\w*$/.test(name) && name !== 'default',
);

/** The shipped mapping of people, of which its page shows parts. */
const MAPPING = readFileSync(path.join(PROJECT, 'jobs/people/map-people.js'), 'utf8');

/** Runs the top level of a job: its operations are made, with all their options, and not called. */
function load(page: string, code: string): void {
  const before = page.startsWith('jobs/people/') ? MAPPING : '';
  const body = `'use strict';\n{\n${before}\n{\n${code}\n}\n}`;
  new Function(...NAMES.map(([name]) => name), body)(...NAMES.map(([, value]) => value));
}

const programs = PAGES.flatMap(page => blocksOf(page).filter(({ language }) => language !== ''));
const isModule = ({ text }: PageBlock) => /^import /m.test(text);

describe('the programs of the pages', () => {
  it('are in a language that a test knows', () => {
    expect(programs.length).toBeGreaterThan(20);
    const strange = programs.filter(({ language, page }) => language !== 'js' && !OTHERS[page]);
    expect(strange).toEqual([]);
    for (const test of Object.values(OTHERS))
      expect(existsSync(path.join(PROJECT, test)), test).toBe(true);
  });

  it('that import something are each run by a test, in plain Node', () => {
    const modules = programs.filter(isModule);
    expect(modules).toHaveLength(Object.keys(RUN_BY).length);
    for (const { page, text } of modules) {
      const [, test] = Object.entries(RUN_BY).find(([part]) => text.includes(part)) ?? [];
      expect(test, `no test runs the program of ${page}:\n${text}`).toBeDefined();
      expect(existsSync(path.join(PROJECT, test!))).toBe(true);
    }
  });

  const jobs = programs.filter(block => block.language === 'js' && !isModule(block));
  it.each(jobs.map(block => [block.page, block.text.split('\n')[0], block] as const))(
    'of jobs load: %s, %s',
    (page, _, { text }) => {
      if (page === SHORTENED) expect(text).toContain('\n  ...\n');
      else load(page, text);
    },
  );
});

it('can import both adaptors and the runtime by the name of the package', async () => {
  const folder = createFolder();
  linkPackage(folder);
  const { stdout, stderr } = await runInNode(
    folder,
    'names.mjs',
    `import { Dhis2Client } from 'godata-dhis2/dhis2';
    import { GoDataClient } from 'godata-dhis2/godata';
    import { checkProject, compileJob, loadJob, readProject, readWorkflow, runWorkflow } from 'godata-dhis2/runtime';
    const all = [Dhis2Client, GoDataClient, checkProject, compileJob, loadJob, readProject, readWorkflow, runWorkflow];
    console.log(all.map(one => typeof one).join());`,
  );
  expect({ stdout, stderr }).toEqual({ stdout: `${Array(8).fill('function')}\n`, stderr: '' });
});
