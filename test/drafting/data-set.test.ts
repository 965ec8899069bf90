import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import { runCommand, temporaryJson } from '../support/command.js';
import { loadShippedMapping } from '../support/shipped-mapping.js';
import { startWhoServers } from './support/who-servers.js';

/** Makes a project whose counts go to the built-in data set, changed; the outbreak is "COVID-19". */
async function initWith(change: (seed: Dhis2Seed) => void) {
  const { mapping } = await loadShippedMapping();
  const servers = await startWhoServers(mapping, change);
  const parent = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-data-set-'));
  onTestFinished(async () => {
    await servers.close();
    rmSync(parent, { recursive: true, force: true });
  });
  const credentials = temporaryJson('credentials.json', servers.credentials);
  const folder = path.join(parent, 'made');
  const { status, stdout, stderr } = await runCommand([
    ...['init', folder, '--credentials', credentials, '--outbreak', 'COVID-19'],
    ...['--case-program', 'none', '--contact-program', 'none', '--data-set', 'OUTBREAK_WEEKLY'],
  ]);
  expect(status, stderr).toBe(0);
  const job = readFileSync(path.join(folder, 'jobs/cases-to-data-values/aggregate.js'), 'utf8');
  const check = () => runCommand(['check', '--online', '--credentials', credentials], folder);
  return { stdout, job, check };
}

/** Names as WHO's packages have them: IDSR has one data set for all diseases. */
const NAMES: Readonly<Record<string, string>> = {
  OUTBREAK_CASES_SUSPECTED: 'IDS - COVID-19 (Suspected cases)',
  OUTBREAK_CASES_PROBABLE: 'IDS - Measles (Probable cases)',
  OUTBREAK_CASES_CONFIRMED: 'IDS - COVID19: new confirmed cases (sex/age)',
  OUTBREAK_DEATHS: 'IDS - Yellow Fever (Deaths)',
  OUTBREAK_CASES_HOSPITALISED: 'IDS - Recovered cases',
  OUTBREAK_CONTACTS_LISTED: 'IDS - Contacts listed',
};

describe('a data set of several diseases', () => {
  it('gets the cases of the outbreak in its own data elements only, the others as comments', async () => {
    const { stdout, job, check } = await initWith(seed => {
      for (const element of seed.dataElements) {
        const name = NAMES[element.code ?? ''];
        if (name) Object.assign(element, { name, shortName: name });
      }
    });
    expect(stdout).toContain('aggregate.js: 2 data elements, 4 unsure');
    const sure = job.split('// Unsure: choose')[0]!;
    expect(sure.match(/\/\/ "IDS.*/g)).toEqual([
      '// "IDS - COVID-19 (Suspected cases)" (OUTBREAK_CASES_SUSPECTED): by name: suspected cases',
      '// "IDS - COVID19: new confirmed cases (sex/age)" (OUTBREAK_CASES_CONFIRMED): by name: confirmed cases',
    ]);
    expect(job.match(/its name says more .*/g)).toEqual([
      'its name says more than probable cases: measles',
      'its name says more than deaths: yellow, fever',
      'its name says more than all cases: recovered',
    ]);
    // With two slashes less, a row is complete.
    expect(job).toMatch(
      /says more than deaths.*\n {4}\/\/ \{\n {4}\/\/ {3}dataElement: '\w{11}',\n {4}\/\/ {3}where: \{ outcome: 'DECEASED' \},\n {4}\/\/ {3}categoryOptions: \{ age, sex \},\n {4}\/\/ \},/,
    );
    expect(await check()).toMatchObject({ status: 0 });
  });
});

/** Gives the data set a category of its own with these options. */
function addPartners(seed: Dhis2Seed, names: readonly string[]): void {
  const options = names.map((name, n) => ({ id: `PartnerOpt${n}`, code: `P${n}`, name }));
  const combo = { id: 'PartnerCmb0' };
  seed.categoryOptions.push(...options);
  seed.categories.push({
    id: 'PartnerCat0',
    name: 'Partner',
    dataDimensionType: 'ATTRIBUTE',
    categoryOptions: options.map(({ id }) => ({ id })),
  });
  seed.categoryCombos.push({
    ...combo,
    name: 'Partner',
    dataDimensionType: 'ATTRIBUTE',
    categories: [{ id: 'PartnerCat0' }],
  });
  seed.categoryOptionCombos.push(
    ...options.map(({ id, name }, n) => ({
      id: `PartnerCoc${n}`,
      name,
      categoryCombo: combo,
      categoryOptions: [{ id }],
    })),
  );
  Object.assign(seed.dataSets[0]!, { categoryCombo: combo });
}

describe('a data set with a category of its own', () => {
  it('has its options in the mapping, if there is one of each', async () => {
    const { job, check } = await initWith(seed => addPartners(seed, ['Ministry']));
    expect(job).toContain(`  attributeOptions: ['PartnerOpt0'], // "Ministry" (P0)\n`);
    expect(await check()).toMatchObject({ status: 0 });
  });

  it('is left out until one of several is chosen, and the rest passes the check', async () => {
    const { stdout, job, check } = await initWith(seed =>
      addPartners(seed, ['Ministry', 'Red Cross']),
    );
    expect(stdout).toContain(
      'cases-to-data-values: the values of the data set have an option of "Partner": choose it in its job aggregate.js.\n',
    );
    expect(
      job,
    ).toContain(`  // Unsure: choose an option of each category of the data set, and remove the two slashes.
  // "Partner": 'PartnerOpt0' "Ministry" (P0), 'PartnerOpt1' "Red Cross" (P1)
  // attributeOptions: ['PartnerOpt0'],
`);
    expect(await check()).toMatchObject({ status: 0 });
  });
});
