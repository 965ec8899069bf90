import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel } from './support/people-model.js';

let world: TwoWay;
afterEach(() => world.close());

const TYPE = 'ipjUWSTPKFt';

/** A case and a contact in each system, and a run both ways with the type of the mapping named so. */
async function runWith(relationship: string) {
  world = await startTwoWay();
  const { metadata } = world.dhis2.store;
  metadata.put('relationshipTypes', {
    ...metadata.get('relationshipTypes', TYPE)!,
    code: 'EXPOSED',
    name: 'Exposed by',
  });
  const model = createModel(world);
  model.relateInDhis2(model.addToDhis2('case', 0), model.addToDhis2('contact', 1));
  model.relateInGoData(model.addToGoData('case', 2), model.addToGoData('contact', 3));
  const project = editProject(
    {
      'map-people.js': source =>
        source.replace(`relationship: { type: '${TYPE}',`, `relationship: { ${relationship},`),
    },
    'people',
  );
  onTestFinished(project.remove);
  const { status, stdout, stderr } = await runCommand([
    ...['run', 'two-way', '--project', project.folder],
    ...['--credentials', temporaryJson('credentials.json', world.credentials)],
  ]);
  expect(status, stdout + stderr).toBe(0);
  return {
    inGoData: world.goData.store.relationships.list().length,
    inDhis2: world.dhis2.store.tracker
      .list('relationships')
      .map(({ relationshipType }) => relationshipType),
  };
}

describe('the relationship type of a mapping', () => {
  it.each([
    ['its code', "type: 'EXPOSED'"],
    ['its exact name', "type: 'Exposed by'"],
    ['its name also where types are read', "type: 'EXPOSED', types: { 'Exposed by': 'from' }"],
  ])('is found by %s, both ways', async (_, relationship) => {
    expect(await runWith(relationship)).toEqual({ inGoData: 2, inDhis2: [TYPE, TYPE] });
  });

  it('that is not among those that are read is left out', async () => {
    const { inGoData } = await runWith(`type: '${TYPE}', types: {}`);
    expect(inGoData).toBe(1);
  });
});
