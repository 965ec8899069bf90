import { webMessage } from '../../http/web-message.js';
import type { ApiContext } from '../../server-context.js';
import type { Dialect } from '../../versions/dialect.js';
import type { ImportSummary } from './summary.js';

/** Paths `/api/NN` below this number get no envelope, in versions that have such paths. */
const FIRST_ENVELOPE_VERSION = 38;

/**
 * Answers with an import summary, in its envelope if the version has one (dhis2 FACTS §0 for the
 * status, §1.3).
 */
export function answerSummary(c: ApiContext, dialect: Dialect, summary: ImportSummary): Response {
  const { httpStatus, message } = outcomeOf(dialect, summary);
  const apiVersion = Number(c.req.param('apiVersion') ?? Number.POSITIVE_INFINITY);
  if (dialect.hasPlainResponses && apiVersion < FIRST_ENVELOPE_VERSION) {
    return c.json(summary.toJSON(), httpStatus);
  }
  const status = summary.status === 'SUCCESS' ? 'OK' : summary.status;
  return c.json(
    webMessage(httpStatus, { message, status, response: summary.toJSON() }),
    httpStatus,
  );
}

function outcomeOf(dialect: Dialect, { status }: ImportSummary) {
  if (status === 'SUCCESS') {
    return { httpStatus: 200 as const, message: 'Import was successful.' };
  }
  if (status === 'WARNING') return dialect.warning;
  return {
    httpStatus: 409 as const,
    message: 'An error occurred, please check import summary.',
  };
}
