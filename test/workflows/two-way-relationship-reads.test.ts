import { afterEach, describe, expect, it } from 'vitest';
import { relationshipReads } from '../support/relationship-reads.js';
import { size } from '../support/runs.js';
import { PROGRAMS, startTwoWay, type TwoWay, type TwoWayOptions } from '../support/two-way.js';

let world: TwoWay;
afterEach(() => world?.close());

async function start(options: TwoWayOptions): Promise<TwoWay> {
  world = await startTwoWay(options);
  return world;
}

const tracker = () => world.dhis2.store.tracker;
const isIn = (program: string, id: string) =>
  tracker()
    .enrollmentsOf(id)
    .some(one => one.program === program && !one.deleted);
const isContact = (id: string) => isIn(PROGRAMS.contact, id) && !isIn(PROGRAMS.case, id);
const endOf = (end: object) =>
  (end as { trackedEntity: { trackedEntity: string } }).trackedEntity.trackedEntity;

/** Relationships between a case and a contact. */
const exposures = () =>
  tracker()
    .list('relationships')
    .filter(one => !one.deleted)
    .filter(({ from, to }) => isContact(endOf(from)) !== isContact(endOf(to)));

const inGoData = () => world.goData.store.relationships.list().filter(({ deleted }) => !deleted);

describe('relationships are read', () => {
  const PEOPLE = size(120, 500);

  it('once, at the cases, and never again while nothing changes', async () => {
    await start({ people: PEOPLE });
    const [toGoData] = await world.cycle();
    const created = toGoData!.report!['upsert-cases']!.created!;
    expect(relationshipReads(world.dhis2)).toBeLessThanOrEqual(0.61 * created);
    const wanted = exposures().length;
    expect(inGoData().length).toBeGreaterThanOrEqual(wanted);
    world.writes();
    await world.cycle();
    expect(relationshipReads(world.dhis2)).toBe(0);
    expect(world.writes()).toBe(0);
  });

  it('at one end each when Go.Data has new ones, and not for people who are new', async () => {
    await start({ people: 30 });
    await world.run('godata');
    const other = await startTwoWay();
    try {
      const { people, relationships } = world.goData.store;
      for (const person of people.all())
        other.goData.store.people.put({ ...person, documents: [] });
      for (const one of relationships.list())
        other.goData.store.relationships.put({ ...one, comment: null });
      await other.run('dhis2');
      expect(other.dhis2.store.tracker.list('relationships').length).toBeGreaterThan(10);
      expect(relationshipReads(other.dhis2)).toBe(0);
      other.state = {};
      other.writes();
      await other.run('dhis2');
      expect(relationshipReads(other.dhis2)).toBeLessThanOrEqual(
        other.dhis2.store.tracker.list('relationships').length,
      );
      expect(other.writes()).toBe(0);
    } finally {
      await other.close();
    }
  });
});

describe('a run without a state', () => {
  it('notices that a relationship of a contact is gone, also one that begins at the contact', async () => {
    await start({ people: 100 });
    await world.run('godata');
    const contactOf = ({ from, to }: { from: object; to: object }) =>
      [from, to].map(endOf).find(isContact)!;
    const all = exposures();
    // The last exposure of a contact stays in Go.Data.
    const several = all.filter(
      one => all.filter(other => contactOf(other) === contactOf(one)).length > 1,
    );
    const first = several.find(({ from }) => isContact(endOf(from)))!;
    const second = several.find(
      one => isContact(endOf(one.to)) && contactOf(one) !== contactOf(first),
    )!;
    const gone = [first, second];
    const isInGoData = ({ relationship }: { relationship: string }) =>
      inGoData().some(({ comment }) => String(comment).includes(relationship));
    expect(gone.map(isInGoData)).toEqual([true, true]);
    for (const { relationship } of gone) tracker().delete('relationships', relationship);
    world.state = {};
    await world.run('godata');
    expect(gone.map(isInGoData)).toEqual([false, false]);
  });
});

describe('a relationship type that is not bidirectional', () => {
  it('is read at everybody, since only one end shows it', async () => {
    await start({ people: 60 });
    for (const type of world.dhis2.store.metadata.list('relationshipTypes'))
      world.dhis2.store.metadata.put('relationshipTypes', { ...type, bidirectional: false });
    await world.run('godata');
    expect(inGoData().length).toBeGreaterThanOrEqual(exposures().length);
  });
});
