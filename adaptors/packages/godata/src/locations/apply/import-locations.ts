import { type ApiAnswer, FailureCount, isJsonObject } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '../../client/client.js';
import type { Location } from '../../client/requests/locations.js';
import { serverError } from '../../client/server-error.js';
import { nestLocations } from '../import-tree.js';
import { readImportFailures } from './import-failures.js';
import { isRefusal, refusedLocation } from './refusal.js';

const IMPORT = { method: 'POST', path: '/locations/import' } as const;

/**
 * Locations in one import. The server writes several in a second, and its answer has all of them.
 */
const CHUNK_SIZE = 500;

/**
 * Creates locations with given ids, chunk by chunk, parents before children. When the server
 * refuses a chunk, the locations that it names are left out. When it names none, the chunk is
 * halved until the cause is found. All locations below a refused location are refused too.
 *
 * @param locations parents before children
 */
export async function importLocations(
  client: GoDataClient,
  locations: readonly Location[],
): Promise<Rejected[]> {
  const progress: ImportProgress = { refused: new Map(), failures: new FailureCount(serverError) };
  for (let from = 0; from < locations.length; from += CHUNK_SIZE) {
    await importChunk(client, locations.slice(from, from + CHUNK_SIZE), progress);
    const done = Math.min(from + CHUNK_SIZE, locations.length);
    console.log(formatProgress({ label: 'new locations', done, total: locations.length }));
  }
  return [...progress.refused.values()];
}

/** The state of an import. */
interface ImportProgress {
  refused: Map<string, Rejected>;
  failures: FailureCount;
}

async function importChunk(
  client: GoDataClient,
  chunk: readonly Location[],
  progress: ImportProgress,
): Promise<void> {
  const { refused, failures } = progress;
  const possible = chunk.filter(location => {
    const { id, parentLocationId: parent } = location;
    if (!parent || !refused.has(parent)) return true;
    refused.set(id, belowRefused(id, parent));
    return false;
  });
  if (possible.length === 0) return;
  const nodes = nestLocations(possible);
  const answer = await client.importLocations(nodes);
  if (answer.status < 400) {
    failures.note(IMPORT, answer);
    return checkWritten(answer, possible, refused);
  }
  if (!isRefusal(answer)) throw serverError(IMPORT, answer);
  const named = readImportFailures(answer, nodes);
  if (named.length > 0) {
    for (const { id, token } of named) refused.set(id, refusedByCheck(id, token));
    const rest = possible.filter(({ id }) => !refused.has(id));
    return importChunk(client, rest, progress);
  }
  if (possible.length === 1) {
    const [{ id }] = possible as [Location];
    refused.set(id, refusedLocation(id, answer));
    return failures.note(IMPORT, answer);
  }
  const middle = Math.ceil(possible.length / 2);
  await importChunk(client, possible.slice(0, middle), progress);
  await importChunk(client, possible.slice(middle), progress);
}

/**
 * Checks that the locations were written. The answer has every location of the file in its current
 * state; a location that is still deleted was not written.
 */
function checkWritten(
  { body }: ApiAnswer,
  sent: readonly Location[],
  refused: Map<string, Rejected>,
): void {
  if (!Array.isArray(body)) {
    throw new IntegrationError({
      code: 'UNEXPECTED_ANSWER',
      message: 'Go.Data answered POST /locations/import without the imported locations.',
      fix: 'Check the proxies on the way, then run again. Written locations stay.',
    });
  }
  const written = new Map(
    body.filter(isJsonObject).map(({ id, deleted }) => [id, deleted === true] as const),
  );
  for (const { id } of sent) {
    if (written.get(id) === false) continue;
    refused.set(id, written.has(id) ? deletedByHand(id) : notWritten(id));
  }
}

function refusedByCheck(id: string, token: string): Rejected {
  const explanation = token
    .replace(/^LNG_PAGE_IMPORT_DATA_ERROR_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  return {
    kind: 'location',
    id,
    code: token,
    message: `Go.Data's check before the import: ${explanation}.`,
  };
}

function belowRefused(id: string, parent: string): Rejected {
  const message = `The location of the parent ${parent} was refused.`;
  return { kind: 'location', id, code: 'PARENT_NOT_THERE', message };
}

function deletedByHand(id: string): Rejected {
  const message =
    'The location was deleted in Go.Data, and the import did not restore it. Check the log of the server.';
  return { kind: 'location', id, code: 'DELETED_IN_GODATA', message };
}

function notWritten(id: string): Rejected {
  return {
    kind: 'location',
    id,
    code: 'NOT_IMPORTED',
    message: 'Go.Data did not import the location. Check the log of the server.',
  };
}
