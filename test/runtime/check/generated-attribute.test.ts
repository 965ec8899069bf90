import { afterEach, describe, expect, it } from 'vitest';
import { runCommand, temporaryJson } from '../../support/command.js';
import { type EditedProject, editProject } from '../../support/project.js';
import { startTwoWay, type TwoWay } from '../../support/two-way.js';
import { createModel } from '../../workflows/support/people-model.js';

const WORKFLOW = 'cases-to-tracked-entities';
const SHIPPED = "row('documents.EXTERNAL_ID', attribute('HAZ7VQ730yn'), { owner: 'dhis2' }),";

let world: TwoWay;
const projects: EditedProject[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) project.remove();
  await world?.close();
});

async function start(replaced: string): Promise<string> {
  world = await startTwoWay();
  createModel(world).addToGoData('case', 0);
  const edit = (source: string) => `${source.replace(SHIPPED, replaced)}\n// own\n`;
  const project = editProject({ 'map-people.js': edit }, 'people');
  projects.push(project);
  return project.folder;
}

const withServers = (folder: string) => [
  ...['--project', folder],
  ...['--credentials', temporaryJson('credentials.json', world.credentials)],
];

/** Warnings of `check --online` about numbers that DHIS2 generates. */
async function warnedOf(folder: string): Promise<{ severity: string; message: string }[]> {
  const { stdout } = await runCommand(['check', '--online', '--json', ...withServers(folder)]);
  const { online } = JSON.parse(stdout) as {
    online: { workflow: string; severity: string; code: string; message: string }[];
  };
  return online.filter(
    ({ code, workflow }) => code === 'generated-attribute' && workflow === WORKFLOW,
  );
}

describe('an attribute whose values DHIS2 generates', () => {
  it('is named with the row that writes it, by check --online and by a dry run', async () => {
    const folder = await start("row('middleName', attribute('HAZ7VQ730yn')),");
    const text =
      /^case, row middleName: DHIS2 generates the attribute ".+" \(HAZ7VQ730yn\) by the pattern \S.*, and the mapping writes it\. .* direction: 'to-godata'/;
    expect(await warnedOf(folder)).toEqual([
      expect.objectContaining({ severity: 'warning', message: expect.stringMatching(text) }),
    ]);
    const dry = await runCommand(['run', WORKFLOW, '--dry-run', ...withServers(folder)]);
    expect(dry.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'warning: case, row middleName: DHIS2 generates the attribute',
    );
    expect(dry.status).toBe(0);
    expect(world.writes()).toBe(0);
  });

  it('is no problem in a row that goes to Go.Data only', async () => {
    const folder = await start(
      "row('middleName', attribute('HAZ7VQ730yn'), { direction: 'to-godata' }),",
    );
    expect(await warnedOf(folder)).toEqual([]);
  });
});
