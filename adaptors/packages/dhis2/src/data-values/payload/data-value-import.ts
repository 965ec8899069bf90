import type { ApiAnswer } from '#common/http/index.js';
import type { Summary } from './payload-chunks.js';

/** What came of an import of data values. */
export interface DataValueImport {
  /** The server's answer; of several requests the last one, with the sum of their summaries. */
  data: unknown;
  summary: Summary;
  answer: ApiAnswer;
  /** How many values were to be imported; undefined for what is no list of them. */
  size: number | undefined;
  /** What to add to the server's reasons, by error code. */
  hints: Readonly<Record<string, string>>;
}
