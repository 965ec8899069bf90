import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import type { WorkflowStep } from '../project/read-workflow.js';

/** An adaptor as OpenFn's CLI finds it: in its repo folder, under a name with its version. */
export interface RepoAdaptor {
  /** `@openfn/language-godata_4.0.0` */
  alias: string;
  /** Absolute folder of the adaptor. */
  folder: string;
}

/** Folder of the repo in a workspace. */
export const REPO = 'repo';

/**
 * The adaptors of steps that the CLI need not install: those that no registry has, and those that
 * are installed here in the version that the workflow names.
 *
 * @param steps with the specifier of each in the workspace, `@openfn/language-godata@4.0.0`
 */
export function repoAdaptors(
  steps: readonly { step: WorkflowStep; specifier: string }[],
): RepoAdaptor[] {
  const found = new Map<string, string>();
  for (const { step, specifier } of steps) {
    const { name, version, folder, isLocal } = step.adaptor;
    const wanted = specifier.slice(name.length + 1);
    if (isLocal || wanted === version) found.set(`${name}_${wanted}`, folder);
  }
  return [...found].map(([alias, folder]) => ({ alias, folder }));
}

/** package.json of the repo, in which the CLI looks its adaptors up (openfn FACTS §1.1). */
export function toRepoManifest(repo: string, adaptors: readonly RepoAdaptor[]): string {
  const entries = adaptors.map(({ alias, folder }) => {
    const relative = path.relative(repo, folder).split(path.sep).join('/');
    return [alias, `file:${relative}`];
  });
  const manifest = {
    name: 'openfn-repo',
    private: true,
    version: '1.0.0',
    dependencies: Object.fromEntries(entries),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * Links the adaptors into the repo, where `npm install` would put them: nothing is installed, and
 * a new build of an adaptor is used at once.
 *
 * @throws IntegrationError `OUTPUT_UNWRITABLE`, kind `configuration`
 */
export function linkAdaptors(repo: string, adaptors: readonly RepoAdaptor[]): void {
  for (const { alias, folder } of adaptors) {
    const link = path.join(repo, 'node_modules', alias);
    try {
      mkdirSync(path.dirname(link), { recursive: true });
      // On Windows a junction needs no permission of its own.
      symlinkSync(folder, link, 'junction');
    } catch (error) {
      const message = `${link} cannot be created: ${(error as Error).message}.`;
      throw configurationError('OUTPUT_UNWRITABLE', message, { fix: 'Give another folder.' });
    }
  }
}
