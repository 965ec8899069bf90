import { isJsonObject, multipart, unexpectedAnswer } from '#common/http/index.js';
import { filterToQuery } from '../query/filter.js';
import { type Connection, type PathParams, sendWrite } from '../session/connection.js';
import type { ImportLog, ImportResult } from '../types/index.js';
import { awaitLog, type WaitLimits } from './await-log.js';

/** Records that the server can import from files, with its name for each (godata FACTS §2.9). */
const MODELS = {
  cases: 'case',
  contacts: 'contact',
  'contacts-of-contacts': 'contactOfContact',
  events: 'event',
  relationships: 'relationship',
  'cases/lab-results': 'labResult',
  'contacts/lab-results': 'labResult',
} as const;

export type ImportModel = keyof typeof MODELS;

/** A file to import. The name ends in `.json`, `.csv`, `.xls`, `.xlsx` or `.ods`. */
export interface ImportableFile {
  name: string;
  content: string | Uint8Array;
}

/** How the columns of the file become properties. */
export interface ImportMapping {
  /** Column → property. Default: the server's suggestion, by the names of the columns. */
  map?: Record<string, string>;
  /** Column → value in the file → id of reference data. */
  valuesMap?: Record<string, Record<string, string>>;
}

/** The result of an import. */
export interface ImportedFile {
  log: ImportLog;
  total: number;
  /** Records that were not imported, with their position in the file. */
  failed: ImportResult[];
}

/**
 * Imports a file into an outbreak: uploads it, starts the import, waits for it and reads which
 * records failed. An existing record is updated only if the file has its `id` and an `updatedAt`
 * later than the stored one. Dates lose their time of day (FACTS §2.9).
 */
export async function importFile(
  connection: Connection,
  outbreakId: string,
  model: ImportModel,
  file: ImportableFile,
  { map, valuesMap = {} }: ImportMapping = {},
  patience?: WaitLimits,
): Promise<ImportedFile> {
  const params = { outbreakId };
  const uploaded = await upload(connection, params, model, file);
  const id = await start(connection, params, model, {
    fileId: uploaded.id,
    map: map ?? uploaded.suggestedFieldMapping ?? {},
    valuesMap,
  });
  const log = await awaitLog<ImportLog>(connection.session, 'import', id, patience);
  return { log, total: log.totalNo ?? 0, failed: await readFailed(connection, id) };
}

interface UploadedFile {
  id: string;
  suggestedFieldMapping?: Record<string, string>;
}

async function upload(
  connection: Connection,
  params: PathParams,
  model: ImportModel,
  { name, content }: ImportableFile,
): Promise<UploadedFile> {
  const request = { method: 'POST', path: '/outbreaks/{outbreakId}/importable-files' } as const;
  const { body } = await sendWrite(connection, {
    ...request,
    params,
    content: multipart([
      { name: 'model', data: MODELS[model] },
      { name: 'file', fileName: name, data: content },
    ]),
  });
  if (isJsonObject(body) && typeof body.id === 'string') return body as unknown as UploadedFile;
  throw unexpectedAnswer('Go.Data', request, 'an uploaded file', body);
}

async function start(
  connection: Connection,
  params: PathParams,
  model: ImportModel,
  body: object,
): Promise<string> {
  const path = `/outbreaks/{outbreakId}/${model}/import-importable-file-using-map`;
  const answer = await sendWrite(connection, { method: 'POST', path, params, body });
  if (isJsonObject(answer.body) && typeof answer.body.importLogId === 'string') {
    return answer.body.importLogId;
  }
  throw unexpectedAnswer('Go.Data', { method: 'POST', path }, 'an import', answer.body);
}

async function readFailed({ session }: Connection, importLogId: string): Promise<ImportResult[]> {
  const path = '/import-results';
  const { body } = await session.send({
    method: 'GET',
    path,
    query: { filter: filterToQuery({ where: { importLogId } }) },
  });
  if (Array.isArray(body)) return body as ImportResult[];
  throw unexpectedAnswer('Go.Data', { method: 'GET', path }, 'a list', body);
}
