import path from 'node:path';
import { configurationError } from '#common/reporting/errors.js';
import { toFileNames } from '../project/file-names.js';
import { localFolder } from './local-folder.js';
import { parseObject } from './parse-object.js';
import { readText } from './read-text.js';
import { writeAtomically } from './write-atomically.js';

function cacheFile(project: string, workflow: string, step: string): string {
  const name = (word: string) => toFileNames([word]).get(word)!;
  return path.join(localFolder(project), 'steps', name(workflow), `${name(step)}.json`);
}

/**
 * Keeps what a step left, for a run that begins behind it. The file has the people that the step
 * read: only its owner can read it (mode 0600).
 */
export function cacheStep(
  project: string,
  workflow: string,
  step: string,
  state: Record<string, unknown>,
): void {
  const file = cacheFile(project, workflow, step);
  writeAtomically(file, `${JSON.stringify(state)}\n`, { isPrivate: true });
}

/**
 * What a step left in an earlier run with `--cache-steps`.
 *
 * @throws IntegrationError `NO_CACHED_STEP`, kind `configuration`
 */
export function readCachedStep(
  project: string,
  workflow: string,
  step: string,
): Record<string, unknown> {
  const file = cacheFile(project, workflow, step);
  const fix = `Run the workflow once with --cache-steps, or give the state with --state.`;
  const named = { path: file, what: `state of step ${step},`, code: 'STATE', fix };
  try {
    return parseObject(readText(named), named);
  } catch (error) {
    if ((error as { code?: string }).code !== 'STATE_NOT_FOUND') throw error;
    throw configurationError('NO_CACHED_STEP', `No run has kept what step ${step} leaves.`, {
      fix,
    });
  }
}
