import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runWorkflow } from '#runtime/index.js';
import type { Dhis2Seed } from '#sandbox/dhis2/index.js';
import { uidOf } from '#sandbox/dhis2/seed/fixed-uid.js';
import { runCommand } from '../support/command.js';
import { ACRE, BREN, COLL, OUTBREAK } from '../support/outbreak.js';
import { editProject } from '../support/project.js';
import { type Servers, startServers, valuesInWords } from '../support/workflow.js';

const NAME = 'my-counts';
const TODAY = '2026-04-01';
const REFERENCE = 'LNG_REFERENCE_DATA_CATEGORY_';
const STATUS = 'LNG_REFERENCE_DATA_CONTACT_DAILY_FOLLOW_UP_STATUS_TYPE_';
const PERSON_TYPE = `${REFERENCE}PERSON_TYPE_`;
const PLACES = [ACRE, BREN, COLL];
const NAMES = ['Acre', 'Bren', 'Coll'];

let servers: Servers;
afterEach(async () => {
  await servers?.close();
  servers = undefined as never;
});

/** DHIS2 with the data set and the data elements that the templates name. */
function withElements(...codes: string[]) {
  return (seed: Dhis2Seed) => {
    const [set] = seed.dataSets;
    const like = seed.dataElements.find(({ code }) => code === 'OUTBREAK_CONTACTS_LISTED')!;
    const elements = codes.map(code => ({ ...like, id: uidOf(code), code, name: code }));
    seed.dataElements.push(...elements);
    seed.dataSets.push({
      ...set!,
      id: uidOf('MY_DATA_SET'),
      code: 'MY_DATA_SET',
      name: 'My data set',
      dataSetElements: elements.map(({ id }) => ({ dataElement: { id } })),
    });
  };
}

/** DHIS2 with the data set and the data element of the template for contacts: by sex. */
function withElementBySex(seed: Dhis2Seed): void {
  withElements('MY_DATA_ELEMENT')(seed);
  const combo = { id: uidOf('MY_SEX') };
  seed.categoryCombos.push({
    ...{ ...combo, code: 'MY_SEX', name: 'Sex' },
    categories: [{ id: uidOf('OUTBREAK_SEX') }],
  });
  for (const code of ['SEX_MALE', 'SEX_FEMALE', 'SEX_UNKNOWN']) {
    seed.categoryOptionCombos.push({
      ...{ id: uidOf(`MY/${code}`), name: code, categoryCombo: combo },
      categoryOptions: [{ id: uidOf(code) }],
    });
  }
  seed.dataElements.at(-1)!.categoryCombo = combo;
}

/** A project with a new workflow of a kind, which passes the check. */
async function createFrom(kind: string): Promise<string> {
  const { folder, remove } = editProject({});
  onTestFinished(remove);
  const made = await runCommand(['new-workflow', NAME, '--from', kind, '--project', folder]);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  const checked = await runCommand(['check', '--project', folder]);
  expect(checked.stdout).toContain('no problems');
  return folder;
}

/** Runs the new workflow twice; the second run finds nothing to write. */
async function runTwice(project: string): Promise<Record<string, string>> {
  const run = () =>
    runWorkflow({
      project,
      workflow: NAME,
      credentials: servers.credentials,
      state: { today: TODAY },
    });
  expect(await run()).toMatchObject({ exitStatus: 0, errors: [] });
  const values = valuesInWords(servers.dhis2);
  const again = await run();
  expect(again.report['upsert-data-values']).toMatchObject({ created: 0, updated: 0 });
  expect(valuesInWords(servers.dhis2)).toEqual(values);
  return values;
}

/** Counts by hand: a record → the keys that it counts in. */
function countBy<T>(records: T[], keysOf: (record: T) => string[]): Record<string, string> {
  const counts = new Map<string, number>();
  for (const key of records.flatMap(keysOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries([...counts].map(([key, n]) => [key, String(n)]));
}

const addPerson = (kind: 'CASE' | 'CONTACT', place: number, more: object = {}) =>
  servers.goData.store.people.create(OUTBREAK, `${PERSON_TYPE}${kind}`, {
    firstName: 'Secretname',
    gender: `${REFERENCE}GENDER_FEMALE`,
    dateOfReporting: '2026-03-03T00:00:00.000Z',
    usualPlaceOfResidenceLocationId: PLACES[place]!,
    ...more,
  });

const weekOf = (day: string) => `2026W${day < '2026-03-09' ? 10 : day < '2026-03-16' ? 11 : 14}`;

describe('new-workflow --from', () => {
  it('follow-ups counts those until today by status, where their person lived', async () => {
    const codes = ['SEEN', 'MISSED', 'NOT_PERFORMED'].map(end => `MY_FOLLOW_UPS_${end}`);
    servers = await startServers({ today: TODAY, dhis2: withElements(...codes) });
    const statuses = ['SEEN_OK', 'SEEN_NOT_OK', 'MISSED', 'NOT_ATTEMPTED', 'NOT_PERFORMED'];
    // The last day is in the future: planned, and not counted.
    const days = ['2026-03-03', '2026-03-08', '2026-03-09', '2026-03-30', '2026-04-02'];
    const visits = Array.from({ length: 60 }, (_, n) => ({
      place: n % 3,
      status: n % 11 ? statuses[(n * 7) % 5]! : undefined,
      day: days[(n * 3) % 5]!,
    }));
    for (const [n, { place, status, day }] of visits.entries()) {
      const person = addPerson('CONTACT', place);
      servers.goData.store.followUps.create({
        outbreakId: OUTBREAK,
        personId: person.id,
        date: `${day}T00:00:00.000Z`,
        targeted: true,
        ...(status ? { statusId: `${STATUS}${status}` } : {}),
        // Every second one keeps another place than that of its person.
        ...(n % 2 ? { usualPlaceOfResidenceLocationId: PLACES[(place + 1) % 3]! } : {}),
      } as never);
    }
    const expected = countBy([...visits.entries()], ([n, { place, status, day }]) => {
      if (day > TODAY) return [];
      const element = /SEEN/.test(status ?? '')
        ? 'SEEN'
        : /MISSED|ATTEMPTED/.test(status ?? '')
          ? 'MISSED'
          : 'NOT_PERFORMED';
      return [`${NAMES[(place + (n % 2)) % 3]} ${weekOf(day)} MY_FOLLOW_UPS_${element} default`];
    });
    const values = await runTwice(await createFrom('follow-ups'));
    expect(Object.keys(expected).length).toBeGreaterThan(10);
    expect(values).toEqual(expected);
  });

  it('lab-results counts all and the positive ones, where their person lives', async () => {
    const codes = ['MY_LAB_TESTS', 'MY_LAB_TESTS_POSITIVE'];
    servers = await startServers({ today: TODAY, dhis2: withElements(...codes) });
    const days = ['2026-03-04', '2026-03-10', '2026-03-31'];
    const results = ['POSITIVE', 'NEGATIVE', 'INCONCLUSIVE', undefined];
    const tests = Array.from({ length: 40 }, (_, n) => ({
      // Go.Data lists those of contacts only if the outbreak allows them.
      kind: n % 5 ? ('CASE' as const) : ('CONTACT' as const),
      place: n % 3,
      day: days[(n * 2) % 3]!,
      result: results[n % 4],
    }));
    for (const { kind, place, day, result } of tests) {
      servers.goData.store.labResults.create({
        outbreakId: OUTBREAK,
        personId: addPerson(kind, place).id,
        personType: `${PERSON_TYPE}${kind}`,
        dateSampleTaken: `${day}T00:00:00.000Z`,
        ...(result ? { result: `${REFERENCE}LAB_TEST_RESULT_${result}` } : {}),
      } as never);
    }
    const listed = tests.filter(({ kind }) => kind === 'CASE');
    const expected = countBy(listed, ({ place, day, result }) => {
      const at = `${NAMES[place]} ${weekOf(day)} MY_LAB_TESTS`;
      return [`${at} default`, ...(result === 'POSITIVE' ? [`${at}_POSITIVE default`] : [])];
    });
    expect(await runTwice(await createFrom('lab-results'))).toEqual(expected);
  });

  it.each([
    ['cases', 'cases-to-data-values', 'fetch-cases.js'],
    ['people', 'tracked-entities-to-cases', 'map-cases.js'],
    ['places', 'org-units-to-locations', 'map-locations.js'],
    ['options', 'options-to-reference-data', 'map-reference-data.js'],
  ])('%s copies the jobs of %s', async (kind, workflow, file) => {
    const folder = await createFrom(kind);
    const read = (name: string) => readFileSync(path.join(folder, 'jobs', name), 'utf8');
    const original = kind === 'people' ? 'people/map-people.js' : `${workflow}/${file}`;
    expect(read(`${NAME}/${file}`)).toBe(read(original));
    expect(read(`${NAME}/README.md`)).toContain(`Made from the workflow ${workflow}`);
  });

  it('contacts counts them by sex, where they live', async () => {
    servers = await startServers({ today: TODAY, dhis2: withElementBySex });
    const days = ['2026-03-04', '2026-03-10', '2026-03-31'];
    const contacts = Array.from({ length: 50 }, (_, n) => ({
      place: n % 3,
      day: days[Math.floor(n / 4) % 3]!,
      sex: ['MALE', 'FEMALE', 'UNKNOWN', undefined][(n * 3) % 4],
      isDeleted: n % 10 === 0,
    }));
    const { people } = servers.goData.store;
    for (const { place, day, sex, isDeleted } of contacts) {
      const { id } = addPerson('CONTACT', place, {
        dateOfReporting: `${day}T00:00:00.000Z`,
        gender: sex && `${REFERENCE}GENDER_${sex}`,
      });
      if (isDeleted) people.delete(id as string);
    }
    // Cases are none of them.
    for (const place of [0, 1, 2]) addPerson('CASE', place);
    const expected = countBy(contacts, ({ place, day, sex = 'UNKNOWN', isDeleted }) =>
      isDeleted ? [] : [`${NAMES[place]} ${weekOf(day)} MY_DATA_ELEMENT SEX_${sex}`],
    );
    const values = await runTwice(await createFrom('contacts'));
    expect(Object.keys(expected).length).toBeGreaterThan(10);
    expect(values).toEqual(expected);
  });

  it('contacts is the default', async () => {
    const { folder, remove } = editProject({});
    onTestFinished(remove);
    const made = await runCommand(['new-workflow', NAME, '--project', folder]);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const files = readdirSync(path.join(folder, 'jobs', NAME));
    expect(files.sort()).toEqual(['README.md', 'fetch.js', 'map.js', 'upsert.js']);
    const fetch = readFileSync(path.join(folder, 'jobs', NAME, 'fetch.js'), 'utf8');
    expect(fetch).toContain("tally('contacts'");
  });

  it('another word names the workflows and the kinds that there are', async () => {
    const { folder, remove } = editProject({});
    onTestFinished(remove);
    const args = ['new-workflow', NAME, '--from', 'folow-ups', '--project', folder];
    const { status, stderr } = await runCommand(args);
    expect(stderr).toMatch(/Did you mean follow-ups\? \(UNKNOWN_WORKFLOW\)/);
    expect(stderr).toContain('or a kind: cases, contacts, follow-ups, lab-results');
    expect(status).toBe(2);
  });
});
