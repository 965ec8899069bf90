import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import { startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { MEMORY_KEY } from '../support/both-servers.js';
import { runCommand } from '../support/command.js';
import { runOnPlatform } from '../support/platform.js';
import { editProject } from '../support/project.js';

const TODAY = '2026-11-24';
const PROGRAM = 'uYjxkTbwRNf';
const WORKFLOW = 'tracked-entities-to-cases';

/** One DHIS2, one Go.Data with an outbreak and an account for each of two regions. */
async function startRegions() {
  const { orgUnits, goData: seed } = generateOutbreak({ today: TODAY, cases: 0 });
  const [outbreak] = seed.outbreaks!;
  const [user] = seed.users!;
  const roots = orgUnits.filter(
    ({ parent }) => parent && !orgUnits.find(({ id }) => id === parent.id)?.parent,
  );
  const regions = roots.slice(0, 2).map(({ id }, n) => ({
    name: ['north', 'south'][n]!,
    root: id,
    outbreakId: `outbreak-${n}`,
    email: `region-${n}@example.org`,
  }));
  const clock = () => new Date(`${TODAY}T12:00:00.000Z`);
  const goData = await startGoData({
    seed: {
      ...seed,
      outbreaks: regions.map(({ outbreakId, name }) => ({ ...outbreak!, id: outbreakId, name })),
      users: regions.map(({ email }, n) => ({ ...user!, id: `user-${n}`, email })),
    },
    clock,
  });
  const dhis2 = await startDhis2({
    jobWaitMs: 0,
    seed: addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people: 60 }),
    version: '2.42',
    clock,
  });
  const access = { username: 'integration', password: 'Integration-1!', memoryKey: MEMORY_KEY };
  const credentials = {
    dhis2: { hostUrl: dhis2.url, ...access },
    ...Object.fromEntries(
      regions.map(({ name, email }) => [
        `godata-${name}`,
        { apiUrl: `${goData.url}/api`, email, password: user!.password, memoryKey: MEMORY_KEY },
      ]),
    ),
  };
  const pathOf = new Map(orgUnits.map(({ id, parent }) => [id, parent?.id]));
  const isBelow = (id: string | undefined, root: string): boolean =>
    id !== undefined && (id === root || isBelow(pathOf.get(id), root));
  return {
    ...{ goData, dhis2, credentials, regions, isBelow },
    close: () => Promise.all([goData.close(), dhis2.close()]),
  };
}

/** Moves a tracked entity to another org unit, and with it the ownership of its case. */
async function movePerson(trackedEntity: string, orgUnit: string): Promise<void> {
  const authorization = `Basic ${btoa('admin:district')}`;
  const api = (method: string, path: string, body?: object) =>
    fetch(`${world.dhis2.url}/api/tracker${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const query = new URLSearchParams({ trackedEntity, program: PROGRAM, orgUnit });
  expect((await api('PUT', `/ownership/transfer?${query}`)).status).toBe(200);
  const fields = 'fields=trackedEntity,trackedEntityType';
  const read = await (await api('GET', `/trackedEntities/${trackedEntity}?${fields}`)).json();
  const update = { trackedEntities: [{ ...(read as object), orgUnit }] };
  expect((await api('POST', '?async=false&importStrategy=UPDATE', update)).status).toBe(200);
}

let world: Awaited<ReturnType<typeof startRegions>>;
afterEach(async () => {
  await world?.close();
});

describe('one mapping for many regions', () => {
  it('runs in parallel on the platform, each into its own outbreak, a second run writes nothing, and a person who moves is reported', async () => {
    world = await startRegions();
    const { goData, regions, credentials, isBelow } = world;
    const { folder, remove } = editProject({});
    onTestFinished(remove);
    const list = path.join(folder, 'outbreaks.csv');
    const lines = regions.map(
      ({ name, outbreakId, root }) => `${name},${outbreakId},${root},godata-${name}`,
    );
    writeFileSync(list, ['name,outbreakId,roots,godata', ...lines].join('\n'));
    const args = ['bundle', '--project', folder, '--for', list, '--only', WORKFLOW];
    expect(await runCommand(args)).toMatchObject({ status: 0, stderr: '' });
    const run = (states: Record<string, unknown>[]) =>
      Promise.all(
        regions.map(async ({ name }, index) => {
          const left = await runOnPlatform({
            project: path.join(folder, 'dist/lightning'),
            workflow: `${WORKFLOW}-${name}`,
            credentials,
            state: states[index]!,
          });
          expect(left.map(({ state }) => state.errors)).toEqual(left.map(() => undefined));
          return left.at(-1)!.state as Record<string, never>;
        }),
      );
    const first = await run([{}, {}]);
    for (const [index, { outbreakId, root }] of regions.entries()) {
      const people = ['CASE', 'CONTACT'].flatMap(kind =>
        goData.store.people.list(outbreakId, `LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_${kind}`),
      );
      expect(people.length).toBeGreaterThan(5);
      for (const { usualPlaceOfResidenceLocationId: place } of people) {
        if (place) expect(isBelow(place as string, root)).toBe(true);
      }
      const { created } = first[index]!.report!['upsert-cases'] as { created: number };
      expect(created).toBeGreaterThanOrEqual(people.length);
    }
    const again = await run(first);
    for (const state of again) {
      const { created, updated } = state.report!['upsert-cases'] as Record<string, number>;
      expect([created, updated]).toEqual([0, 0]);
    }
    // Nobody can move a record of Go.Data to another outbreak: it stays, and is nowhere twice.
    const before = JSON.stringify(goData.store.people.all());
    const [moved] = goData.store.people.list(
      regions[0]!.outbreakId,
      'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE',
    );
    const units = world.dhis2.store.metadata.get('programs', PROGRAM)!.organisationUnits;
    await movePerson(
      moved!.id as string,
      units.find(({ id }) => isBelow(id, regions[1]!.root))!.id,
    );
    const [north, south] = await run(again);
    expect(JSON.stringify(goData.store.people.all())).toBe(before);
    expect(north!.report!['upsert-cases']).toMatchObject({ created: 0, updated: 0 });
    expect(south!.report!['upsert-cases']).toMatchObject({
      rejected: [{ id: moved!.id, code: 'ID_TAKEN' }],
    });
  });
});
