import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { demoMetadata, startDhis2 } from '#sandbox/dhis2/index.js';
import { startGoData } from '#sandbox/godata/index.js';
import { generateOutbreak } from '#sandbox/outbreak/index.js';
import { addTrackerProgram } from '#sandbox/tracker-program/index.js';
import { type BothServers, joinServers } from '#test/support/both-servers.js';
import { type EditedProject, editProject } from '#test/support/project.js';

const TODAY = '2026-11-24';

/** Both servers with a few invented people, and a project of which a test may edit the mapping. */
export interface PeopleServers extends BothServers {
  project: EditedProject;
  /** Names and phone numbers of the people in DHIS2: what nobody must see unasked. */
  values: string[];
}

/** Attributes of the program whose values are nobody's business: names, phone, address. */
const PRIVATE = ['sB1IHYu2xQT', 'ENRjVGxVL6l', 'fctSQp5nAYl', 'Xhdn49gUd52'];

/**
 * Starts both servers, and makes a project with some of its workflows.
 *
 * @param edits of jobs/people
 */
export async function startPeopleServers(
  workflows: readonly string[],
  edits: Record<string, (source: string) => string> = {},
): Promise<PeopleServers> {
  const { orgUnits, goData } = generateOutbreak({ today: TODAY, cases: 0 });
  const seed = addTrackerProgram(demoMetadata(orgUnits), { today: TODAY, people: 20 });
  const [account] = goData.users!;
  const both = joinServers(
    await startGoData({ seed: goData }),
    await startDhis2({ seed, version: '2.42', clock: () => new Date(`${TODAY}T12:00:00.000Z`) }),
    account as { email: string; password: string },
  );
  const project = editProject(edits, 'people');
  const file = path.join(project.folder, 'project.yaml');
  const spec = parse(readFileSync(file, 'utf8'));
  spec.workflows = Object.fromEntries(workflows.map(name => [name, spec.workflows[name]]));
  writeFileSync(file, stringify(spec));
  const values = seed.trackedEntities!.flatMap(({ attributes = [] }) =>
    attributes.flatMap(({ attribute, value }) => (PRIVATE.includes(attribute) ? [value] : [])),
  );
  return { ...both, project, values: [...new Set(values)] };
}
