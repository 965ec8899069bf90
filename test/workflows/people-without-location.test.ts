import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';
import { OUTBREAK, PLACES, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel } from './support/people-model.js';

// In WHO's demonstration outbreak most contacts have no address. They are registered where the person
// who exposed them lives; nobody else is guessed.

let world: TwoWay;
afterEach(() => world?.close());

/** A case with a location, and contacts without one: exposed by that case, and by nobody. */
async function start() {
  world = await startTwoWay();
  const model = createModel(world);
  const source = model.addToGoData('case', 2);
  const [exposed, alone] = [0, 1].map(n => model.addToGoData('contact', n));
  const { people, relationships } = world.goData.store;
  for (const id of [exposed!, alone!]) {
    people.update(id, { addresses: [] });
    // The relationship that the model made leads to another person.
    for (const one of relationships.of(id)) relationships.delete(one.id);
  }
  relationships.create({
    outbreakId: OUTBREAK,
    persons: [
      { id: source, type: people.get(source)!.type, source: true },
      { id: exposed!, type: people.get(exposed!)!.type, target: true },
    ],
    contactDate: '2026-03-04T00:00:00.000Z',
  });
  return { model, exposed: exposed!, alone: alone! };
}

describe('a contact without a location', () => {
  it('is registered at the org unit of the person who exposed the contact, and stays there', async () => {
    const { model, alone } = await start();
    const { report } = await world.run('dhis2');
    const units = model.entities().map(({ orgUnit }) => orgUnit);
    expect(units).toEqual([PLACES[2], PLACES[2]]);
    expect(report!['map-tracked-entities']!.warnings!.join()).toMatch(
      /1 person has no location: .* the person who exposed them/,
    );
    expect(report!['upsert-tracked-entities']!.rejected).toMatchObject([
      { id: alone, code: 'UNKNOWN_ORG_UNIT' },
    ]);
    world.writes();
    await world.run('dhis2');
    expect(world.writes()).toBe(0);
  });

  /** Runs the way to DHIS2 on the command line, with a fallback for everybody without a location. */
  async function runWith(fallback: string) {
    const project = editProject(
      {
        'map-people.js': source =>
          source.replace("orgUnit('source')", `orgUnit('source', '${fallback}')`),
      },
      'people',
    );
    onTestFinished(project.remove);
    return runCommand([
      ...['run', 'cases-to-tracked-entities', '--project', project.folder],
      ...['--credentials', temporaryJson('credentials.json', world.credentials)],
    ]);
  }

  it('and without a source is registered at the org unit that the mapping names', async () => {
    const { model } = await start();
    const { status, stdout } = await runWith(PLACES[4]!);
    expect(status, stdout).toBe(0);
    expect(stdout).toContain(
      `1 person has no location: where DHIS2 does not have them yet, they are registered at the org unit ${PLACES[4]}.`,
    );
    expect(
      model
        .entities()
        .map(({ orgUnit }) => orgUnit)
        .sort(),
    ).toEqual([PLACES[2], PLACES[2], PLACES[4]].sort());
  });

  it('stops the run if the mapping names an org unit that is not there, before it writes', async () => {
    const { model } = await start();
    world.writes();
    const { status, stderr } = await runWith('NOT_AN_ORG_UNIT');
    expect(stderr).toMatch(/- UNKNOWN_ORG_UNIT: .*orgUnit.*"NOT_AN_ORG_UNIT"/);
    expect(status).toBe(2);
    expect(world.writes()).toBe(0);
    expect(model.entities()).toEqual([]);
  });
});
