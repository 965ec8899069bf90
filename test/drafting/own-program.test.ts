import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dhis2Export, readMapping, tryRoundTrips } from '#round-trip/index.js';
import { runCommand } from '../support/command.js';
import { readRougeole } from '../support/rougeole.js';
import { ROUGEOLE_CHOICES, type Sandbox, startRougeole } from './support/rougeole-servers.js';

let sandbox: Sandbox;
let parent: string;
let folder: string;

beforeAll(async () => {
  sandbox = await startRougeole();
  parent = mkdtempSync(path.join(tmpdir(), 'godata-dhis2-own-'));
  folder = path.join(parent, 'rougeole');
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(parent, { recursive: true, force: true });
});

const init = (target: string, ...choices: string[]) =>
  runCommand(['init', target, '--credentials', sandbox.credentials, ...choices]);
const run = (workflow: string, ...more: string[]) =>
  runCommand(['run', workflow, '--credentials', sandbox.credentials, '--json', ...more], folder);
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

/** The count of a step's report. */
async function count(workflow: string, step: string, what: string): Promise<number> {
  const { status, stdout, stderr } = await run(workflow);
  expect([0, 3], stderr).toContain(status);
  return JSON.parse(stdout).report[step][what];
}

describe("a country's own program, from exported metadata to runs in both directions", () => {
  it('is drafted, and says how each row was found', async () => {
    const { status, stdout, stderr } = await init(folder, ...ROUGEOLE_CHOICES);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/Drafted:\n {2}jobs\/people\/map-people\.js, cases: \d+ rows/);
    const mapping = read('jobs/people/map-people.js');
    expect(mapping).toContain(
      "  // \"Prénoms\" (PRENOMS): by name\n  row('firstName', attribute('RgAtPrenoms')),\n",
    );
    // What is not sure stands as a comment, with its reason.
    expect(mapping).toContain(
      '"Téléphone du parent ou tuteur" (TELEPHONE_PARENT): its name says more',
    );
    expect(mapping).toContain("  // row('addresses.phoneNumber', attribute('RgAtTel0000')),\n");
    // Each attribute and data element is named, also those that nothing is like.
    const { programs, ...others } = JSON.parse(
      readFileSync(path.join(import.meta.dirname, '../fixtures/rougeole/program-cas.json'), 'utf8'),
    );
    expect(programs).toHaveLength(1);
    for (const { id } of [...others.trackedEntityAttributes, ...others.dataElements]) {
      expect(mapping).toContain(id);
    }
  });

  it('leaves out records that DHIS2 would refuse, and says what they lack', () => {
    const mapping = read('jobs/people/map-people.js');
    expect(mapping).toContain(
      '  // Left out: each event needs "Symptômes au suivi" (RgDeSympt00), and no row is sure to give it.\n  // followUps: {',
    );
  });

  it('finds option codes by the labels of any language, and leaves the unsure ones out', () => {
    const mapping = read('jobs/people/map-people.js');
    for (const line of [
      '  H: \'MALE\', // "Masculin": by label',
      '  I: null, // "Inconnu": Go.Data has no such item',
      '  GUERI: \'RECOVERED\', // "Guéri": by label',
      '  // IGM: \'IG_C_OR_IG_M\', // unsure, "Sérologie IgM": no item is like it',
    ]) {
      expect(mapping).toContain(`${line}\n`);
    }
  });

  it('reads age bands, sex and the period type from the data set', () => {
    expect(read('jobs/cases-to-data-values/fetch-cases.js')).toMatch(
      /const periodType = 'Monthly';[\s\S]*const ageBoundaries = \[1, 5, 15\];/,
    );
    const aggregate = read('jobs/cases-to-data-values/aggregate.js');
    for (const line of [
      "'0-0': 'RgCoA000000', // \"0-11 mois\"",
      "'15+': 'RgCoA150000', // \"15 ans et plus\"",
      'UNKNOWN: \'RgCoAInc000\', // "Âge inconnu"',
      'FEMALE: \'RgCoF000000\', // "Féminin"',
    ]) {
      expect(aggregate).toContain(line);
    }
    expect(aggregate).toContain('it counts contacts, and this workflow cases');
  });

  it('gives back what it carries to the other system, row by row, or says why not', () => {
    const metadata = ['program-cas.json', 'program-contacts.json'].map(name =>
      readRougeole<Dhis2Export>(name),
    );
    const mapping = readMapping(path.join(folder, 'jobs/people/map-people.js'));
    const results = tryRoundTrips(mapping, { metadata, runs: 30 });
    expect(results.length).toBeGreaterThan(10);
    for (const { survives, why } of results) expect(why.length === 0).toBe(survives);
    expect(results.filter(({ survives }) => survives).length).toBeGreaterThan(10);
  });

  it('passes the check, and writes in both directions without a single edit', async () => {
    const check = await runCommand(['check'], folder);
    expect(check.stdout).toMatch(/no problems/);
    expect(await count('org-units-to-locations', 'upsert-locations', 'created')).toBe(15);
    expect(await count('tracked-entities-to-cases', 'upsert-cases', 'created')).toBeGreaterThan(40);
    expect(
      await count('cases-to-tracked-entities', 'upsert-tracked-entities', 'created'),
    ).toBeGreaterThan(40);
    expect(await count('cases-to-data-values', 'upsert-data-values', 'created')).toBeGreaterThan(
      40,
    );
  });

  it('has nothing left to write after that', async () => {
    expect(await count('tracked-entities-to-cases', 'upsert-cases', 'created')).toBe(0);
    expect(await count('cases-to-tracked-entities', 'upsert-tracked-entities', 'created')).toBe(0);
    expect(await count('cases-to-data-values', 'upsert-data-values', 'created')).toBe(0);
  });

  it('writes an unsure row after its two slashes are removed', async () => {
    const file = path.join(folder, 'jobs/people/map-people.js');
    const before = readFileSync(file, 'utf8');
    const row = "row('addresses.phoneNumber', attribute('RgAtTel0000')),";
    writeFileSync(file, before.replaceAll(`// ${row}`, row));
    const { status, stdout, stderr } = await run('tracked-entities-to-cases');
    expect([0, 3], stderr).toContain(status);
    expect(JSON.parse(stdout).report['upsert-cases'].updated).toBeGreaterThan(0);
  });

  it('is offered the rows that its mapping lacks by check --online, and only those', async () => {
    const online = () =>
      runCommand(['check', '--online', '--credentials', sandbox.credentials], folder);
    const whole = await online();
    expect(whole.stdout).not.toContain('The programs have more than');
    // Beside the rows, the rules by which DHIS2 can refuse a person.
    expect(whole.stdout).toMatch(
      /note: The program rule ".+" \(Rg\w{9}\) of the program ".+" \(Rg\w{9}\) can refuse a person\. It reads: case, row \w+.*\(refusing-rule\)/,
    );
    const file = path.join(folder, 'jobs/people/map-people.js');
    const lines = readFileSync(file, 'utf8').replace("'lastName', ", '').split('\n');
    const isRemoved = (line: string) =>
      line.includes('RgAtNom0000') || line.includes('RgDeDRes000');
    writeFileSync(file, lines.filter(line => !isRemoved(line)).join('\n'));
    const { stdout } = await online();
    const [, offers] = stdout.split('The programs have more than jobs/people/map-people.js');
    expect(offers?.trim().split('\n')).toEqual([
      ': rows to copy.',
      'case:',
      '  // "Nom de famille" (NOM): by name',
      "  row('lastName', attribute('RgAtNom0000')),",
      'contact:',
      '  // "Nom de famille" (NOM): by name',
      "  row('lastName', attribute('RgAtNom0000')),",
      'labResults:',
      '  // "Date du résultat" (ROU_DATE_RESULTAT): by name',
      "  row('dateOfResult', element(stage('RgPsLabo000'), 'RgDeDRes000')),",
    ]);
  });
});

describe('a choice that the servers do not have', () => {
  it.each([
    ['an outbreak', '--outbreak', 'Rougole', 'UNKNOWN_OUTBREAK', 'Rougeole 2026'],
    ['a program', '--case-program', 'ROUGEOLE', 'UNKNOWN_PROGRAM', 'ROUGEOLE_CAS'],
    ['a contact program', '--contact-program', 'ROUGEOLE', 'UNKNOWN_PROGRAM', 'ROUGEOLE_CONTACTS'],
    ['a data set', '--data-set', 'ROUGEOLE_HEBDO', 'UNKNOWN_DATA_SET', 'ROUGEOLE_MENSUEL'],
    ['an org unit', '--roots', 'EX-Z', 'UNKNOWN_ORG_UNIT', 'EX-N'],
  ])(
    '%s is refused with the nearest names, and nothing is written',
    async (_, option, word, code, near) => {
      const target = path.join(parent, 'refused');
      const at = ROUGEOLE_CHOICES.indexOf(option);
      const choices =
        at < 0 ? [...ROUGEOLE_CHOICES, option, word] : ROUGEOLE_CHOICES.with(at + 1, word);
      const { status, stdout, stderr } = await init(target, ...choices);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(`(${code})`);
      expect(stderr).toContain(`${option}: the account sees no`);
      expect(stderr).toContain(near);
      expect(existsSync(target)).toBe(false);
    },
  );

  it('that is missing lists what there is, where nobody can be asked', async () => {
    const target = path.join(parent, 'refused');
    const { status, stderr } = await init(target, '--outbreak', 'Rougeole 2026');
    expect(status).toBe(2);
    expect(stderr).toContain('--case-program is missing. The account sees:');
    expect(stderr).toContain('(ROUGEOLE_CONTACTS, RgPrgCon000)');
    expect(stderr).toContain('(MISSING_CHOICE)');
    expect(existsSync(target)).toBe(false);
  });

  it('needs credentials', async () => {
    const { status, stderr } = await runCommand(
      ['init', path.join(parent, 'refused'), '--outbreak', 'Rougeole 2026'],
      parent,
    );
    expect(status).toBe(2);
    expect(stderr).toContain('(CREDENTIALS_NOT_GIVEN)');
  });

  it('may be none', async () => {
    const target = path.join(parent, 'counts-only');
    const { status, stdout } = await init(
      target,
      ...[
        ...['--outbreak', 'Rougeole 2026', '--data-set', 'ROUGEOLE_MENSUEL'],
        ...['--case-program', 'none', '--contact-program', 'none'],
      ],
    );
    expect(status).toBe(0);
    expect(stdout).toContain('aggregate.js: 3 data elements, 1 unsure');
    expect(stdout).not.toContain('map-people.js, cases');
  });
});
