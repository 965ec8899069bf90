import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import { runWorkflow } from '#runtime/index.js';
import { aBatch, aPerson, ref } from './map-support.js';

const PROJECT = path.resolve(import.meta.dirname, '../../..');
const JOB = 'jobs/people/map-people.js';

/** A project with only this job, and the adaptors as they are built. */
function createProject(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'map-tracked-entities-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.dirname(path.join(folder, JOB)), { recursive: true });
  cpSync(path.join(PROJECT, JOB), path.join(folder, JOB));
  symlinkSync(path.join(PROJECT, 'adaptors'), path.join(folder, 'adaptors'));
  const lines = [
    'name: one-job',
    'workflows:',
    '  map:',
    '    name: map',
    '    jobs:',
    '      map-tracked-entities:',
    '        name: map-tracked-entities',
    '        adaptor: "@openfn/language-dhis2@9.0.0"',
    `        body: { path: ${JOB} }`,
    '    triggers:',
    '      cron: { type: cron, enabled: false }',
    '    edges:',
    '      cron->map-tracked-entities:',
    '        { source_trigger: cron, target_job: map-tracked-entities, condition_type: always, enabled: true }',
  ];
  writeFileSync(path.join(folder, 'project.yaml'), `${lines.join('\n')}\n`);
  return folder;
}

it("maps on OpenFn's engine as the compiler leaves it, and writes the person with an invalid date without it", async () => {
  const good = aPerson({ firstName: 'Ada', outcomeId: ref('OUTCOME', 'LOST') });
  const bad = aPerson({ dob: '1985-02-30' });
  const outcome = await runWorkflow({
    project: createProject(),
    workflow: 'map',
    state: { data: aBatch([good, bad]) },
  });
  expect(outcome.errors).toEqual([]);
  expect(outcome.exitStatus).toBe(0);
  const { entities } = outcome.state.data as MappedTrackedEntityBatch;
  expect(entities).toMatchObject([
    { id: good.id, attributes: { sB1IHYu2xQT: 'Ada' } },
    { id: bad.id },
  ]);
  expect(entities[1]!.attributes).not.toHaveProperty('NI0QRzJvQ0k');
  expect(outcome.report['map-tracked-entities']).toMatchObject({
    read: 2,
    adjusted: [{ id: bad.id, code: 'INVALID_DATE' }],
    leftOut: [{ reason: 'unmapped-code', subject: 'outcomeId=OUTCOME_LOST', count: 1 }],
  });
});
