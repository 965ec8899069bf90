import { afterEach, describe, expect, it } from 'vitest';
import { ref, startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel, FIELDS } from './support/people-model.js';

let world: TwoWay;
afterEach(() => world?.close());

describe('the run after the first two-way run', () => {
  it('writes nothing, whoever is in either system', async () => {
    world = await startTwoWay({ people: 60 });
    const model = createModel(world);
    const inDhis2 = [0, 1].map(n => model.addToDhis2('case', n));
    model.addLabToDhis2(inDhis2[0]!, 'POSITIVE');
    const ids = Array.from({ length: 12 }, (_, n) =>
      model.addToGoData(n % 4 === 3 ? 'contact' : 'case', n),
    );
    for (const [n, id] of ids.entries()) {
      if (n % 4 !== 3) for (const one of FIELDS) model.editGoData(id, one, one.values[n % 3]![1]);
      if (n % 4 === 0) model.addLabToGoData(id, 'POSITIVE');
    }
    model.relateInGoData(ids[0]!, ids[3]!);
    await world.cycle();
    world.writes();
    await world.cycle();
    expect(world.writes()).toBe(0);
  });

  it('writes nothing to people with empty answers and blank texts in Go.Data', async () => {
    world = await startTwoWay();
    const model = createModel(world);
    const { people } = world.goData.store;
    const empty = [[], [{ value: [] }], [{ value: '' }], [{ value: null }], [{}]];
    for (const [n, answer] of empty.entries()) {
      const id = model.addToGoData('case', n);
      people.update(id, {
        lastName: n % 2 === 0 ? '' : ' ',
        occupation: '',
        questionnaireAnswers: { signsymp_fever: answer, diagnosis_comorb: [{ value: [] }] },
        vaccinesReceived: [],
        documents: [{ type: ref('DOCUMENT_TYPE_PASSPORT'), number: `P-${n}` }],
      });
    }
    await world.cycle();
    const before = people.all().map(({ questionnaireAnswers }) => questionnaireAnswers);
    world.writes();
    await world.cycle();
    expect(world.writes()).toBe(0);
    expect(people.all().map(record => record.questionnaireAnswers)).toEqual(before);
  });

  it("brings DHIS2's ids to a person of Go.Data with the first change from DHIS2", async () => {
    world = await startTwoWay();
    const model = createModel(world);
    const id = model.addToGoData('case', 0);
    await world.cycle();
    const entity = model.entities()[0]!.trackedEntity;
    model.editDhis2(entity, FIELDS[0]!, 'Amari');
    await world.cycle();
    const { lastName, documents } = world.goData.store.people.get(id)!;
    expect(lastName).toBe('Amari');
    expect(documents).toContainEqual({ type: ref('DOCUMENT_TYPE_EXTERNAL_ID'), number: entity });
    world.writes();
    await world.cycle();
    expect(world.writes()).toBe(0);
  });
});
