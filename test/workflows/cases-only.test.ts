import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { runCommand, temporaryJson } from '../support/command.js';
import { editProject } from '../support/project.js';
import { startTwoWay, type TwoWay } from '../support/two-way.js';
import { createModel } from './support/people-model.js';

let world: TwoWay;
afterEach(() => world.close());

describe('a workflow without a program of contacts', () => {
  it('writes the cases, leaves the contacts, and writes nothing when it runs again', async () => {
    world = await startTwoWay();
    const model = createModel(world);
    const cases = [0, 1].map(place => model.addToDhis2('case', place));
    model.relateInDhis2(cases[0]!, model.addToDhis2('contact', 2));
    const project = editProject(
      {
        'fetch-tracked-entities.js': source =>
          source.replace("contactProgram = 'DM9n1bUw8W8'", 'contactProgram = undefined'),
      },
      'tracked-entities-to-cases',
    );
    onTestFinished(project.remove);
    const file = temporaryJson('state.json', {});
    const run = () =>
      runCommand([
        ...['run', 'tracked-entities-to-cases', '--project', project.folder],
        ...['--state', file, '--output', file],
        ...['--credentials', temporaryJson('credentials.json', world.credentials)],
      ]);
    const { status, stdout } = await run();
    expect(status, stdout).toBe(0);
    expect(stdout.split('\n')[0]).toBe('2 of 2 people (100 %) reach Go.Data');
    expect(model.records().map(({ type }) => type)).toEqual([
      'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE',
      'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_CASE',
    ]);
    world.writes();
    expect((await run()).status).toBe(0);
    expect(world.writes()).toBe(0);
  });
});
