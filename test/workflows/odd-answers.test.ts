import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { IntegrationError } from '#common/reporting/errors.js';
import { runs } from '../support/runs.js';
import { startTwoWay, type Toward, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

/** What caches, proxies, portals and mocks answer in a server's place. */
const ODD: Readonly<Record<string, unknown>> = {
  'an empty object': {},
  'an empty list': [],
  null: null,
  'an empty text': '""',
  'no body': '',
  'a number': 7,
  'a list of empty objects': [{}],
  'a list of nulls': [null],
  'a web page': '<html><body>Please sign in</body></html>',
  'an error without a reason': { error: null, message: null, errorCode: 5, response: null },
  'an error of other types': {
    error: { code: 5, message: 7, details: 'x' },
    message: 5,
    response: { errorReports: 5, conflicts: 5, importCount: 'x' },
    validationReport: { errorReports: 'x' },
  },
};
const STATUSES = [200, 400, 409, 422];

/** An answer of the right form, in which nothing is. */
function nothingIn(route: string): unknown {
  const name = route.split('/').at(-1)!;
  const pager = { page: 1, pageSize: 50, total: 0, pageCount: 0 };
  return route.includes('/outbreaks/') ? [] : { [name]: [], instances: [], pager };
}

interface Asked {
  system: 'dhis2' | 'goData';
  route: string;
  count: number;
}

let worlds: TwoWay[] = [];
afterEach(async () => {
  await Promise.all(worlds.map(world => world.close()));
  worlds = [];
});

/** Both servers in step, with people, lab results and exposures, and then changes in both. */
async function begin(toward: Toward): Promise<TwoWay> {
  const world = await startTwoWay();
  worlds.push(world);
  const model = createModel(world);
  const inDhis2 = (lastName: string) => {
    const id = model.addToDhis2('case', 0);
    model.editDhis2(id, FIELDS[0]!, lastName);
    model.addLabToDhis2(id, 'POSITIVE');
    model.relateInDhis2(id, model.addToDhis2('contact', 1));
    return id;
  };
  const inGoData = (lastName: string) => {
    const id = model.addToGoData('case', 0);
    model.editGoData(id, FIELDS[0]!, lastName);
    model.addLabToGoData(id, 'POSITIVE');
    model.relateInGoData(id, model.addToGoData('contact', 1));
    return id;
  };
  const [a, b] = [inDhis2('Amari'), inGoData('Bello')];
  await world.cycle();
  model.editDhis2(a, FIELDS[0]!, 'Cissé');
  model.editGoData(b, FIELDS[0]!, 'Amari');
  inDhis2('Bello');
  inGoData('Cissé');
  if (toward === 'dhis2') await world.run('godata');
  return world;
}

/** Who and what both systems have, without the ids and numbers that servers assign. */
function contentOf(world: TwoWay): unknown {
  const model = createModel(world);
  const living = (records: readonly { deleted?: unknown }[]) =>
    records.filter(({ deleted }) => !deleted).length;
  const nameIn = (attributes: readonly { attribute: string; value: string | null }[] = []) =>
    attributes.find(({ attribute }) => attribute === 'ENRjVGxVL6l')?.value;
  return {
    entities: model
      .entities()
      .map(({ trackedEntity: id, attributes }) =>
        [
          nameIn(attributes),
          model.enrollmentsOf(id).length,
          living(model.labResultsInDhis2(id)),
        ].join(),
      )
      .sort(),
    records: model
      .records()
      .map(({ id, lastName }) => [lastName, living(model.labResultsInGoData(id))].join())
      .sort(),
    relationships: [living(model.relationshipsInDhis2()), living(model.relationshipsInGoData())],
  };
}

/** Undisturbed: what is asked, and where both systems end. */
async function undisturbed(toward: Toward): Promise<{ asked: Asked[]; wanted: unknown }> {
  const world = await begin(toward);
  world.writes();
  await world.run(toward);
  const asked = (['dhis2', 'goData'] as const).flatMap(system =>
    Object.entries(world[system].requests.byRoute()).map(([route, count]) => ({
      system,
      route,
      count,
    })),
  );
  await world.cycle();
  await world.cycle();
  return { asked, wanted: contentOf(world) };
}

/** Runs with one odd answer, then without. @returns the error */
async function disturb(
  toward: Toward,
  { system, route }: Asked,
  fault: { at: number; status: number; body: unknown },
  wanted: unknown,
): Promise<unknown> {
  const world = await begin(toward);
  const { cursor } = world.state;
  world[system].faults.add({ kind: 'status', route, ...fault });
  const error = await world.run(toward).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  world[system].faults.clear();
  expect(world[system].faults.played, `${route} ${JSON.stringify(fault)} is met`).toBe(1);
  const what = `${route} ${JSON.stringify(fault)}`;
  if (error !== undefined) {
    expect(error, what).toBeInstanceOf(IntegrationError);
    expect(error, what).toMatchObject({ fix: expect.stringMatching(/\w/) });
    expect(world.state.cursor, what).toEqual(cursor);
  }
  await world.cycle();
  await world.cycle();
  expect(contentOf(world), what).toEqual(wanted);
  world.writes();
  await world.cycle();
  expect(world.writes(), what).toBe(0);
  await world.close();
  worlds = worlds.filter(one => one !== world);
  return error;
}

describe.each(['godata', 'dhis2'] as const)('one odd answer on the way to %s', toward => {
  it('is an error that names the request, or changes nothing in the end', async () => {
    const { asked, wanted } = await undisturbed(toward);
    expect(asked.length).toBeGreaterThan(15);
    const anyFault = fc
      .record({
        asked: fc.constantFrom(...asked),
        name: fc.constantFrom(...Object.keys(ODD)),
        status: fc.constantFrom(...STATUSES),
      })
      .chain(one =>
        fc
          .record({ at: fc.integer({ min: 1, max: one.asked.count }) })
          .map(at => ({ ...one, ...at })),
      );
    await fc.assert(
      fc.asyncProperty(anyFault, async ({ asked: one, name, status, at }) => {
        const error = await disturb(toward, one, { at, status, body: ODD[name] }, wanted);
        // Errors with a cause of their own, such as NOT_DHIS2 or IMPORT_LOST, say that instead.
        if (!(error instanceof IntegrationError) || error.code !== 'UNEXPECTED_ANSWER') return;
        const [, method, first] = /^(\w+) \/api(\/[\w-]+)/.exec(one.route)!;
        const told = `${error.message} ${JSON.stringify(error.details)}`;
        expect(told, `${error.code} of ${one.route}`).toContain(method);
        expect(told, `${error.code} of ${one.route}`).toContain(first);
      }),
      runs(4, 10),
    );
  });

  it('of the right form but without any record loses, doubles and deletes nothing', async () => {
    const { asked, wanted } = await undisturbed(toward);
    const lists = asked.filter(({ route }) => route.startsWith('GET '));
    const places = lists.flatMap(one =>
      Array.from({ length: one.count }, (_, n) => ({ one, at: n + 1 })),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), async ({ one, at }) => {
        await disturb(toward, one, { at, status: 200, body: nothingIn(one.route) }, wanted);
      }),
      runs(3, 6),
    );
  });
});
