import type { Stored } from './stored.js';

/** The progress of a background action (godata FACTS §2.8, §2.9). */
interface ActionLog extends Stored {
  /** `LNG_SYNC_STATUS_` and `IN_PROGRESS`, `SUCCESS`, `SUCCESS_WITH_WARNINGS` or `FAILED`. */
  status: string;
  actionStartDate?: string;
  actionCompletionDate?: string | null;
  totalNo?: number;
  processedNo?: number;
  outbreakIDs?: string[];
  resourceType?: string;
  error?: string | null;
}

export interface ExportLog extends ActionLog {
  mimeType?: string;
  extension?: string;
  sizeBytes?: number;
  statusStep?: string;
  filter?: unknown;
  aggregateFilter?: unknown;
  aggregateCompletionDate?: string | null;
}

export interface ImportLog extends ActionLog {
  result?: unknown;
}

/** A record of a file that was not imported. */
export interface ImportResult extends Stored {
  importLogId: string;
  /** Position in the file, from 1. */
  recordNo?: number;
  error?: { code?: string; message?: string; statusCode?: number } | null;
  data?: { file?: unknown; save?: unknown };
}
