import { afterEach, describe, expect, it } from 'vitest';
import type { State } from '#common/reporting/report.js';
import { startTwoWay, type Toward, type TwoWay, type TwoWayOptions } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
const SURNAME = FIELDS[0]!;

let world: TwoWay;
afterEach(() => world?.close());

/** How a run reads one server and writes to the other. */
const WAYS = [
  {
    source: 'dhis2',
    toward: 'godata',
    step: 'fetch-tracked-entities',
    cursorOf: ({ cursor }: State) => cursor.cases.updatedAt as string,
  },
  {
    source: 'godata',
    toward: 'dhis2',
    step: 'fetch-people',
    cursorOf: ({ cursor }: State) => cursor.people.people.updatedAt as string,
  },
] as const;

/** People of the source, and how they are edited and found on the other side. */
async function start(source: Toward, options: TwoWayOptions = {}) {
  world = await startTwoWay(options);
  const model = createModel(world);
  const ids = [0, 1, 2].map(n =>
    source === 'dhis2' ? model.addToDhis2('case', n) : model.addToGoData('case', n),
  );
  const edit = (id: string, value: string) =>
    source === 'dhis2' ? model.editDhis2(id, SURNAME, value) : model.editGoData(id, SURNAME, value);
  const arrived = () =>
    source === 'dhis2'
      ? model.records().map(record => SURNAME.read(record))
      : model.entities().map(({ trackedEntity }) => model.readDhis2(trackedEntity, SURNAME));
  return { ids, edit, arrived };
}

const warningsOf = ({ report }: State, step: string) => report![step]!.warnings ?? [];

describe.each(WAYS)('the clock of $source', ({ source, toward, step, cursorOf }) => {
  it.each([
    ['a day', DAY],
    ['a year', 365 * DAY],
  ])('that was ahead by %s for one run hides no edit', async (_, ahead) => {
    const { ids, edit, arrived } = await start(source);
    await world.run(toward);
    world.ahead[source] = ahead;
    edit(ids[0]!, 'Amari');
    await world.run(toward);

    world.ahead[source] = 10 * MINUTE;
    edit(ids[1]!, 'Bello');
    const run = await world.run(toward);

    expect(arrived()).toEqual(expect.arrayContaining(['Amari', 'Bello']));
    expect(warningsOf(run, step).join()).toMatch(/ahead of .*clock, by .*read again/);
    expect(run.report![step]!.read).toBe(3);

    world.ahead[source] = 20 * MINUTE;
    edit(ids[2]!, 'Diallo');
    const next = await world.run(toward);
    expect(arrived()).toContain('Diallo');
    expect(warningsOf(next, step)).toEqual([]);
    expect(next.report![step]!.read).toBeLessThan(3);
  });

  it('that was ahead only between two runs does not move the cursor past the present', async () => {
    const { ids, edit, arrived } = await start(source);
    await world.run(toward);
    world.ahead[source] = DAY;
    edit(ids[0]!, 'Amari');
    world.ahead[source] = 10 * MINUTE;
    const run = await world.run(toward);
    expect(cursorOf(run) < '2026-11-25').toBe(true);

    edit(ids[1]!, 'Bello');
    const next = await world.run(toward);
    expect(arrived()).toEqual(expect.arrayContaining(['Amari', 'Bello']));
    expect(warningsOf(next, step)).toEqual([]);
    expect(next.report![step]!.read).toBe(1);
  });

  it('that was set back by a day hides no edit', async () => {
    const { ids, edit, arrived } = await start(source);
    await world.run(toward);
    world.ahead[source] = -DAY;
    edit(ids[0]!, 'Amari');
    const run = await world.run(toward);
    expect(arrived()).toContain('Amari');
    expect(warningsOf(run, step)).toHaveLength(1);

    world.ahead[source] = 10 * MINUTE;
    edit(ids[1]!, 'Bello');
    await world.run(toward);
    expect(arrived()).toContain('Bello');
  });

  it('that was ahead for longer than the time between two runs is noticed by the clock of the host', async () => {
    const { ids, edit, arrived } = await start(source);
    world.ahead[source] = DAY;
    edit(ids[0]!, 'Amari');
    await world.run(toward);
    // A day and an hour later the cursor is no longer ahead of the corrected clock.
    const cursor = source === 'dhis2' ? world.state.cursor : world.state.cursor.people;
    const { clocks } = cursor.boundTo;
    clocks.host = new Date(Date.parse(clocks.host) - 25 * 60 * MINUTE).toISOString();
    world.ahead[source] = 2 * 60 * MINUTE;
    edit(ids[1]!, 'Bello');
    world.ahead[source] = 25 * 60 * MINUTE;
    const run = await world.run(toward);
    expect(arrived()).toContain('Bello');
    expect(warningsOf(run, step)).toHaveLength(1);
  });

  it('that was ahead for many records lets a reading in batches end', async () => {
    const { ids, edit, arrived } = await start(source, { batchSize: 1 });
    world.ahead[source] = 365 * DAY;
    for (const [n, id] of ids.entries()) edit(id, `Name ${n}`);
    world.ahead[source] = 0;
    const run = await world.run(toward);
    expect(arrived().sort()).toEqual(['Name 0', 'Name 1', 'Name 2']);
    expect(cursorOf(run) < '2026-11-25').toBe(true);

    edit(ids[1]!, 'Later');
    await world.run(toward);
    expect(arrived()).toContain('Later');
  });
});
