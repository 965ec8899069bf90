import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { BothServers } from '../support/both-servers.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { loadShippedMapping } from '../support/shipped-mapping.js';
import { startWhoServers } from './support/who-servers.js';

let servers: BothServers;
let parent: string;
let credentials: string;

beforeAll(async () => {
  const { mapping } = await loadShippedMapping();
  servers = await startWhoServers(mapping, seed => {
    // An attribute that everybody needs, and that is like nothing in Go.Data.
    const [program] = seed.programs!.filter(({ id }) => id === 'uYjxkTbwRNf');
    for (const one of program!.programTrackedEntityAttributes!) {
      if (one.trackedEntityAttribute.id === 'Xhdn49gUd52') Object.assign(one, { mandatory: true });
    }
    // A data set of which nothing can be read.
    for (const element of seed.dataSets[0]!.dataSetElements) {
      const found = seed.dataElements.find(({ id }) => id === element.dataElement.id)!;
      for (const key of ['name', 'shortName', 'formName', 'code'] as const) {
        if (found[key]) Object.assign(found, { [key]: `Row ${found.id}` });
      }
    }
  });
  credentials = temporaryJson('credentials.json', servers.credentials);
  parent = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-left-out-'));
});
afterAll(async () => {
  await servers.close();
  rmSync(parent, { recursive: true, force: true });
});

const init = (folder: string, ...choices: string[]) =>
  runCommand([
    ...['init', folder, '--credentials', credentials, '--outbreak', 'COVID-19'],
    ...['--contact-program', 'none', ...choices],
  ]);
const read = (...names: string[]) => readFileSync(path.join(parent, ...names), 'utf8');

describe('a workflow for which nothing was chosen, or nothing is sure', () => {
  it('is left out with its jobs, and the rest passes the check of both servers', async () => {
    const folder = path.join(parent, 'nothing');
    const { status, stdout } = await init(
      folder,
      ...['--case-program', 'none', '--data-set', 'none'],
    );
    expect(status).toBe(0);
    expect(stdout).toContain(`Left out of project.yaml:
  tracked-entities-to-cases: no program of cases was chosen.
  cases-to-tracked-entities: no program of cases was chosen.
  two-way: no program of cases was chosen.
  cases-to-data-values: no data set was chosen.
  options-to-reference-data: no attribute and no data element is a choice of vaccines or occupations.
`);
    expect(Object.keys(parse(read('nothing/project.yaml')).workflows)).toEqual([
      'org-units-to-locations',
      'locations-to-org-units',
    ]);
    for (const jobs of ['people', 'cases-to-data-values', 'two-way']) {
      expect(existsSync(path.join(folder, 'jobs', jobs))).toBe(false);
    }
    const check = await runCommand(['check', '--online', '--credentials', credentials], folder);
    expect(check.stdout).toContain('no problems');
    expect(check.status).toBe(0);
  });

  it('to DHIS2 is left out where the program needs what no row gives', async () => {
    const folder = path.join(parent, 'mandatory');
    const { stdout } = await init(
      folder,
      ...['--case-program', 'uYjxkTbwRNf', '--data-set', 'none'],
    );
    for (const workflow of ['cases-to-tracked-entities', 'two-way']) {
      expect(stdout).toMatch(
        new RegExp(`${workflow}: everybody in DHIS2 needs ".*" \\(Xhdn49gUd52\\), and no row`),
      );
    }
    const check = await runCommand(['check', '--online', '--credentials', credentials], folder);
    expect(check.stdout).toContain('no problems');
    expect(check.status, check.stdout).toBe(0);
  });

  it('stands as a comment beside its jobs where there are rows to choose from', async () => {
    const folder = path.join(parent, 'unsure');
    const { status, stdout } = await init(
      folder,
      ...['--case-program', 'none', '--data-set', 'OUTBREAK_WEEKLY'],
    );
    expect(status).toBe(0);
    expect(stdout).toContain(
      '  cases-to-data-values: no data element could be read for sure: choose rows in its job aggregate.js.\n',
    );
    expect(read('unsure/jobs/cases-to-data-values/aggregate.js')).toMatch(
      /\/\/ "Row \w+".*: its name does not say which cases it counts\n {4}\/\/ \{ dataElement: '\w{11}' \},/,
    );
    const spec = read('unsure/project.yaml');
    expect(parse(spec).workflows).not.toHaveProperty('cases-to-data-values');
    const [sentence] = /^.*Then remove the hashes below\.$/m.exec(spec)!;
    const [before, block] = spec.split(`${sentence}
`);
    const without = before + block!.replaceAll(/^( *)#/gm, '$1');
    expect(Object.keys(parse(without).workflows['cases-to-data-values'].jobs)).toEqual([
      'fetch-cases',
      'aggregate',
      'upsert-data-values',
    ]);
  });
});
