import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runWorkflow } from '#runtime/index.js';
import { createProject, writeProjectFile } from '../support/project.js';

const ACCOUNT = { apiUrl: 'https://tiny.example.org/api', password: 'x' };
const GIVEN = 'given in a credential, for tests';
afterEach(() => vi.unstubAllEnvs());

/** A project whose adaptor knows a key of the memory, with two credentials. */
function projectOf(hasKey = true): string {
  const show = (name: string) => `put('${name}', state => state.configuration.memoryKey);`;
  const project = createProject({
    steps: {
      one: { job: show('one'), credential: 'tiny' },
      two: { job: show('two'), credential: 'other' },
    },
  });
  const yaml = path.join(project, 'project.yaml');
  const text = readFileSync(yaml, 'utf8');
  const other = '  admin-other: { name: other, owner: admin@example.org }\n';
  writeFileSync(yaml, text.replace('workflows:\n', `${other}workflows:\n`));
  if (hasKey) {
    const schema = path.join('adaptors/packages/tiny/configuration-schema.json');
    writeProjectFile(project, schema, { properties: { memoryKey: { type: 'string' } } });
  }
  return project;
}

async function keysIn(project: string, tiny: object = {}, other: object = {}) {
  const credentials = { tiny: { ...ACCOUNT, ...tiny }, other: { ...ACCOUNT, ...other } };
  const { state, errors } = await runWorkflow({ project, workflow: 'small', credentials });
  expect(errors).toEqual([]);
  return [state.one, state.two];
}

const fileOf = (project: string) => path.join(project, 'state/.local/memory-key');

describe('the key of the memory', () => {
  it('is made by the first run, kept by the next, and the same for all steps', async () => {
    const project = projectOf();
    const [one, two] = await keysIn(project);
    expect(one).toMatch(/^[\w-]{43}$/);
    expect(two).toBe(one);
    expect(await keysIn(project)).toEqual([one, one]);
    expect(await keysIn(projectOf())).not.toEqual([one, one]);
  });

  it('is in a file that only its owner can read', async () => {
    const project = projectOf();
    await keysIn(project);
    expect(statSync(fileOf(project)).mode & 0o777).toBe(0o600);
    chmodSync(fileOf(project), 0o644);
    await keysIn(project);
    expect(statSync(fileOf(project)).mode & 0o777).toBe(0o600);
  });

  it('is one for two runs that begin at once', async () => {
    const project = projectOf();
    const runs = await Promise.all([1, 2, 3].map(n => keysIn(project, { n }, { n })));
    expect(new Set(runs.flat()).size).toBe(1);
  });

  it('of one credential is used for both, and of the environment for none that has one', async () => {
    const project = projectOf();
    vi.stubEnv('GODATA_DHIS2_MEMORY_KEY', 'given in the environment');
    expect(await keysIn(project)).toEqual(Array(2).fill('given in the environment'));
    expect(await keysIn(project, {}, { memoryKey: GIVEN })).toEqual([GIVEN, GIVEN]);
    expect(existsSync(fileOf(project))).toBe(false);
  });

  it('cannot be two', async () => {
    const keys = keysIn(projectOf(), { memoryKey: GIVEN }, { memoryKey: `${GIVEN}!` });
    await expect(keys).rejects.toMatchObject({ code: 'MEMORY_KEYS_DIFFER', kind: 'configuration' });
  });

  it('is given to no adaptor that does not know it', async () => {
    const project = projectOf(false);
    expect(await keysIn(project)).toEqual([undefined, undefined]);
    expect(existsSync(fileOf(project))).toBe(false);
  });

  it('that was emptied is not made anew silently', async () => {
    const project = projectOf();
    await keysIn(project);
    writeFileSync(fileOf(project), '');
    await expect(keysIn(project)).rejects.toMatchObject({ code: 'MEMORY_KEY_EMPTY' });
  });
});
