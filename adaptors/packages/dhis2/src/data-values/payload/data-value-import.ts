import type { ApiAnswer } from '#common/http/index.js';
import type { Summary } from './payload-chunks.js';

/** The result of an import of data values. */
export interface DataValueImport {
  /** The server's answer. After several requests: the last answer, with the sum of all summaries. */
  data: unknown;
  summary: Summary;
  answer: ApiAnswer;
  /** Number of values to import. Undefined when the payload is not a list of values. */
  size: number | undefined;
  /** Notes to add to the server's reasons, by error code. */
  hints: Readonly<Record<string, string>>;
}
