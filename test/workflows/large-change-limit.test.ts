import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { aCase } from '../support/outbreak.js';
import { editProject } from '../support/project.js';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { type Servers, startServers, valuesInWords } from '../support/workflow.js';
import { createModel, FIELDS } from './support/people-model.js';

/** Fewer than ten records never stop a run, whatever their share. */
const LIMITS = [
  [9, false],
  [10, true],
] as const;

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(one => one.close()));
});

async function run(
  { credentials }: Pick<TwoWay | Servers, 'credentials'>,
  workflow: string,
  file: string,
  ...more: string[]
) {
  return runCommand([
    ...['run', workflow, '--credentials', temporaryJson('credentials.json', credentials)],
    ...['--state', file, '--output', file, ...more],
  ]);
}

describe('on the command line', () => {
  it.each(LIMITS)('%i data values that become zero stop a run: %s', async (count, stops) => {
    const dates = Array.from({ length: count + 1 }, (_, week) =>
      new Date(Date.UTC(2026, 0, 7 + 7 * week)).toISOString().slice(0, 10),
    );
    const servers = await startServers({ people: dates.map(date => aCase({ date })) });
    open.push(servers);
    const workflow = 'cases-to-data-values';
    const file = temporaryJson('state.json', {});
    const start = () => writeFileSync(file, JSON.stringify({ today: '2026-04-01' }));
    start();
    expect((await run(servers, workflow, file)).status).toBe(0);
    const before = valuesInWords(servers.dhis2);
    expect(Object.keys(before)).toHaveLength(count + 1);
    const { people } = servers.goData.store;
    for (const { id } of people.all().slice(0, count)) people.delete(id);
    const positive = () =>
      Object.values(valuesInWords(servers.dhis2)).filter(value => Number(value) > 0);
    start();
    const again = await run(servers, workflow, file);
    if (stops) {
      expect(again.stderr).toMatch(/set to zero 10 of 11 values \(91 %\).*LARGE_CHANGE/s);
      expect(again.status).toBe(2);
      expect(valuesInWords(servers.dhis2)).toEqual(before);
      start();
      expect((await run(servers, workflow, file, '--allow-large-change')).status).toBe(0);
    } else expect([again.status, again.stderr]).toEqual([0, expect.not.stringMatching(/LARGE/)]);
    expect(positive()).toHaveLength(1);
  });

  it.each(LIMITS)('values of %i people that are cleared stop a run: %s', async (count, stops) => {
    const world = await startTwoWay();
    open.push(world);
    const model = createModel(world);
    const ids = Array.from({ length: count }, (_, n) => model.addToDhis2('case', n));
    for (const id of ids) model.editDhis2(id, FIELDS[0]!, 'Amari');
    const surname = "row('lastName', attribute('ENRjVGxVL6l')),";
    const from = (attribute: string) => {
      const row = `row('riskReason', attribute('${attribute}'), { direction: 'to-godata' }),`;
      const edit = (source: string) => source.replace(surname, `${surname} ${row}`);
      const { folder, remove } = editProject({ 'map-people.js': edit }, 'people');
      open.push({ close: async () => remove() });
      return folder;
    };
    const workflow = 'tracked-entities-to-cases';
    const file = temporaryJson('state.json', {});
    await run(world, workflow, file, '--project', from('ENRjVGxVL6l'));
    const reasons = () => model.records().flatMap(({ riskReason }) => riskReason || []);
    expect(reasons()).toHaveLength(count);
    // Nobody has a telephone number.
    const again = await run(world, workflow, file, '--project', from('fctSQp5nAYl'));
    if (stops) expect(again.stderr).toMatch(/clear values of 10 of 10 people.*LARGE_CHANGE/s);
    expect(again.status).toBe(stops ? 2 : 0);
    expect(reasons()).toHaveLength(stops ? count : 0);
  });
});
