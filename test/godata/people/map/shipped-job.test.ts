import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { MappedPeopleBatch } from '#common/handover/mapped-people-batch.js';
import { runWorkflow } from '#runtime/index.js';
import { aBatch, anEnrollment, anEntity, SEX } from '../support.js';

const PROJECT = path.resolve(import.meta.dirname, '../../../..');
const JOB = 'jobs/people/map-people.js';

/** A project with only this job, and the built adaptors. */
function createProject(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'map-cases-'));
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
    '      map-cases:',
    '        name: map-cases',
    '        adaptor: "@openfn/language-godata@4.0.0"',
    `        body: { path: ${JOB} }`,
    '    triggers:',
    '      cron: { type: cron, enabled: false }',
    '    edges:',
    '      cron->map-cases:',
    '        { source_trigger: cron, target_job: map-cases, condition_type: always, enabled: true }',
  ];
  writeFileSync(path.join(folder, 'project.yaml'), `${lines.join('\n')}\n`);
  return folder;
}

it("maps on OpenFn's engine, compiled by its compiler, and exits with 3 when people were rejected", async () => {
  const good = anEntity({ attributes: { [SEX]: 'OTHER' } });
  const adjusted = anEntity({ attributes: { NI0QRzJvQ0k: '1985-02-30' } });
  const bad = anEntity({ enrollments: [anEnrollment([], { enrolledAt: '2026-02-30' })] });
  const outcome = await runWorkflow({
    project: createProject(),
    workflow: 'map',
    state: { data: aBatch([good, adjusted, bad]) },
  });
  expect(outcome.errors).toEqual([]);
  expect(outcome.exitStatus).toBe(3);
  const { people } = outcome.state.data as MappedPeopleBatch;
  expect(people.map(({ id }) => id)).toEqual([good.id, adjusted.id]);
  expect(outcome.report['map-cases']).toMatchObject({
    read: 3,
    rejected: [{ id: bad.id, code: 'INVALID_DATE' }],
    adjusted: [{ id: adjusted.id, code: 'INVALID_DATE' }],
    leftOut: [{ reason: 'unmapped-code', subject: 'gender=OTHER', count: 1 }],
  });
});
