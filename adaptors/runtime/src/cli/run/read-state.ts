import { configurationError } from '#common/reporting/errors.js';
import { parseObject } from '../../files/parse-object.js';
import { type NamedFile, readText } from '../../files/read-text.js';

/**
 * Turns a final state into the initial one of the next run: `errors`, `report` and `more` describe
 * the former run and are removed, because an old error would skip the steps of the next run.
 */
export function withoutEarlierRun(final: Record<string, unknown>): Record<string, unknown> {
  const { errors: _errors, report: _report, more: _more, ...state } = final;
  return state;
}

/** @returns undefined if the file does not exist */
function readIfThere(file: NamedFile): string | undefined {
  try {
    return readText(file);
  } catch (error) {
    if ((error as { code?: string }).code === 'STATE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Reads the initial state of a run. The final state of an earlier run is accepted. A file that does
 * not exist yet is an empty state: the first run of a schedule has the command line of all others.
 *
 * @param onNew called if the file does not exist
 * @throws IntegrationError `STATE_UNREADABLE`, `STATE_INVALID`, kind `configuration`
 */
export function readState(path: string, onNew: () => void): Record<string, unknown> {
  const file: NamedFile = {
    path,
    what: 'state file',
    code: 'STATE',
    fix: 'Give a JSON file with --state, or omit --state to start with an empty state.',
    fixContent:
      'Put back a copy of the file, or delete it: the next run then begins anew, reads everything and writes only what differs.',
  };
  const text = readIfThere(file);
  if (text === undefined) {
    onNew();
    return {};
  }
  const state = withoutEarlierRun(parseObject(text, file));
  if ('configuration' in state) {
    throw configurationError('STATE_INVALID', `The state file ${path} contains a configuration.`, {
      fix: 'Move it into the credentials file and give that with --credentials.',
      details: { path },
    });
  }
  return state;
}
