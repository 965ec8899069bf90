import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '#sandbox/index.js';
import { IS_DEEP } from '#test/support/runs.js';
import { readRougeole } from '../support/rougeole.js';
import { createCheckout, createFolder, linkPackage, runInNode } from './support/folders.js';
import { blocksOf } from './support/pages.js';
import { play } from './support/play.js';
import { COUNTRY, SHIPPED } from './support/scenes.js';

async function start(options: Parameters<typeof startSandbox>[0]) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const writeJson = (content: unknown, ...names: string[]) =>
  writeFileSync(path.join(...names), JSON.stringify(content));

/** The fenced JavaScript of a page that contains a text. */
function programOf(page: string, text: string): string {
  const found = blocksOf(page).find(block => block.language === 'js' && block.text.includes(text));
  if (!found) throw new Error(`${page} has no block with ${text}.`);
  return found.text;
}

describe.runIf(IS_DEEP)('a reader of the pages', () => {
  it('types every command in a checkout of this project', async () => {
    const sandbox = await start({ people: 12, casesCount: 60 });
    const checkout = createCheckout(createFolder());
    writeJson(sandbox.credentials, checkout, 'state/credentials.json');
    const { organisationUnits } = sandbox.dhis2.store.toJSON();
    writeJson({ organisationUnits }, checkout, 'org-units.json');
    await play(SHIPPED, checkout);

    // The programs of the runtime's page, in plain Node.
    const page = 'adaptors/runtime/README.md';
    const flags = ['--experimental-vm-modules'];
    const library = programOf(page, 'runWorkflow');
    const { stdout } = await runInNode(checkout, 'run.mjs', library, flags);
    expect(stdout).toMatch(/\n0 \{\n {2}'fetch-cases': \{[\s\S]*\} \[\]\n$/);
    const unitTest = programOf(page, 'age-bands.test.js');
    const file = 'age-bands.test.mjs';
    const tested = await runInNode(checkout, file, unitTest, [...flags, '--test']);
    expect(tested.stdout).toContain('# pass 1');
  });

  it('types every command in a project of their own', async () => {
    const program = readRougeole('program-cas.json');
    const contacts = readRougeole('program-contacts.json');
    const sandbox = await start({
      dhis2Metadata: [
        program,
        contacts,
        readRougeole('data-set.json'),
        readRougeole('metadata.json'),
      ],
      godataTemplate: readRougeole('outbreak.json'),
      godataReferenceData: readRougeole('reference-data.json'),
      godataLabels: [readRougeole('labels.json')],
      people: 12,
      casesCount: 20,
    });
    const parent = createFolder();
    const checkout = createCheckout(parent);
    writeJson(sandbox.credentials, checkout, 'state/credentials.json');
    writeJson(sandbox.credentials, parent, 'credentials.json');
    const project = await play(COUNTRY, checkout);

    // The programs about the mapping of people, in plain Node.
    linkPackage(project);
    writeJson(program, project, 'cases.json');
    writeJson(program, project, 'cas.json');
    writeJson(contacts, project, 'contacts.json');
    const survey = programOf('jobs/people/README.md', 'tryRoundTrips');
    const told = await runInNode(project, 'round-trip.mjs', survey);
    expect(told).toEqual({ stdout: expect.not.stringContaining('undefined'), stderr: '' });
    const unitTest = programOf('docs/your-own-project.md', 'tryRoundTrips');
    const tested = await runInNode(project, 'people.test.mjs', unitTest, ['--test']);
    expect(tested.stdout).toContain('# pass 1');
  });
});
