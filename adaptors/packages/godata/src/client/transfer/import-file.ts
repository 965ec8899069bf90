import { isJsonObject, multipart, unexpectedAnswer } from '#common/http/index.js';
import { filterToQuery } from '../query/filter.js';
import { type Connection, type PathParams, sendWrite } from '../session/connection.js';
import type { ImportLog, ImportResult } from '../types/index.js';
import { awaitLog, type Patience } from './await-log.js';

/** What the server imports from files, and its name for the model (godata FACTS §2.9). */
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

/** A file: `.json`, `.csv`, `.xls`, `.xlsx` or `.ods`, and what it holds. */
export interface ImportableFile {
  name: string;
  content: string | Uint8Array;
}

/** Which column becomes which property. */
export interface ImportMapping {
  /** Column → property. Default: what the server suggests, by the columns' names. */
  map?: Record<string, string>;
  /** Column → value in the file → id of reference data. */
  valuesMap?: Record<string, Record<string, string>>;
}

/** What became of a file. */
export interface ImportedFile {
  log: ImportLog;
  total: number;
  /** Records that were not imported, by position in the file. */
  failed: ImportResult[];
}

/**
 * Imports a file into an outbreak: uploads, starts, waits, and reads which records failed. An
 * existing record is updated only if the file has its `id` and an `updatedAt` later than the stored
 * one; dates lose their time of day (FACTS §2.9).
 */
export async function importFile(
  connection: Connection,
  outbreakId: string,
  model: ImportModel,
  file: ImportableFile,
  { map, valuesMap = {} }: ImportMapping = {},
  patience?: Patience,
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
