import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { readText } from '../../files/read-text.js';

const FIX =
  'Give the answer of DHIS2 to /api/organisationUnits?paging=false&fields=id,name,shortName,code,level,parent,openingDate,closedDate,geometry.';

/**
 * Reads a JSON file.
 *
 * @throws IntegrationError `INPUT_NOT_FOUND`, `INPUT_UNREADABLE`, `INPUT_INVALID`, `INPUT_TOO_LARGE`,
 * kind `configuration`
 */
export function readJson(path: string): unknown {
  const text = readWhole(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length);
    const before = text.slice(0, position).split('\n');
    throw configurationError(
      'INPUT_INVALID',
      `${path} is not JSON: line ${before.length}, column ${before.at(-1)!.length + 1}.`,
      { fix: FIX, details: { path } },
    );
  }
}

function readWhole(path: string): string {
  try {
    return readText({ path, what: 'file of org units', code: 'INPUT', fix: FIX });
  } catch (error) {
    if (error instanceof IntegrationError) throw error;
    const isLong = (error as { code?: string }).code === 'ERR_STRING_TOO_LONG';
    if (!isLong) throw error;
    throw configurationError('INPUT_TOO_LARGE', `${path} is larger than 512 MB.`, {
      fix: 'Request the org units of one region at a time: filter=path:like:ID.',
      details: { path },
    });
  }
}
