import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import { type Filter, filterToQuery } from '../query/filter.js';
import type { Session } from '../session/session.js';
import type { ExportLog } from '../types/index.js';
import { awaitLog, type WaitLimits } from './await-log.js';

/** Records that the server can export (godata FACTS §2.8). */
export type ExportModel =
  | 'cases'
  | 'contacts'
  | 'contacts-of-contacts'
  | 'events'
  | 'relationships'
  | 'follow-ups'
  | 'lab-results';

/** How to export. */
export interface ExportOptions {
  /** Default `json`. */
  type?: 'json' | 'csv' | 'xls' | 'xlsx' | 'ods' | 'pdf';
  /**
   * Which records to export. The conditions can include options of the export: `useDbColumns`,
   * `dontTranslateValues`, `jsonReplaceUndefinedWithNull`, `useQuestionVariable`...
   */
  filter?: Filter;
  encryptPassword?: string;
  anonymizeFields?: string[];
  fieldsGroupList?: string[];
}

/** An exported file. */
export interface ExportedFile {
  bytes: Uint8Array;
  /** Absent before 2.38.1, where the server sends the file at once. */
  log?: ExportLog;
}

const DOWNLOAD = '/export-logs/{id}/download';

/**
 * Exports records of an outbreak: starts the export, waits for it and downloads the file. The
 * server keeps the file for one download. Works for every outbreak that the account may see (FACTS
 * §1.6, r246).
 */
export async function exportRecords(
  session: Session,
  outbreakId: string,
  model: ExportModel,
  { type = 'json', filter = {}, encryptPassword, anonymizeFields, fieldsGroupList }: ExportOptions,
  patience?: WaitLimits,
): Promise<ExportedFile> {
  const path = `/outbreaks/{outbreakId}/${model}/export`;
  const { body } = await session.send({
    method: 'GET',
    path,
    params: { outbreakId },
    query: {
      type,
      filter: filterToQuery(filter),
      encryptPassword,
      anonymizeFields: anonymizeFields && JSON.stringify(anonymizeFields),
      fieldsGroupList: fieldsGroupList && JSON.stringify(fieldsGroupList),
    },
    answer: 'bytes',
  });
  if (!(body instanceof Uint8Array)) {
    throw unexpectedAnswer('Go.Data', { method: 'GET', path }, 'a file', body);
  }
  const id = readLogId(body);
  if (id === undefined) return { bytes: body };
  const log = await awaitLog<ExportLog>(session, 'export', id, patience);
  const file = await session.send({
    method: 'GET',
    path: DOWNLOAD,
    params: { id },
    answer: 'bytes',
    // The server deletes the file after the first download (r223).
    idempotent: false,
  });
  if (!(file.body instanceof Uint8Array)) {
    throw unexpectedAnswer('Go.Data', { method: 'GET', path: DOWNLOAD }, 'a file', file.body);
  }
  return { bytes: file.body, log };
}

/**
 * The id of the export that has begun; undefined when the answer is the file itself (FACTS §2.8).
 */
function readLogId(bytes: Uint8Array): string | undefined {
  if (bytes.length > 1000) return undefined;
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isJsonObject(body) && typeof body.exportLogId === 'string'
      ? body.exportLogId
      : undefined;
  } catch {
    return undefined;
  }
}
