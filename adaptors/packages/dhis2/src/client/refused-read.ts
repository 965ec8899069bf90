import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import { IntegrationError } from '#common/reporting/errors.js';
import { idsIn } from '#common/reporting/server-text.js';
import { readWebMessage } from './web-message.js';

const DATA_VALUES = /^(\/\d+)?\/dataValueSets(\.\w+)?$/;
/** Error codes: the account may not read a data set, attribute option combo or org unit (dhis2 LIVE 177). */
const NOT_ALLOWED = new Set(['E2010', 'E2011', 'E2012']);

/**
 * Parameters that select values by their last change. Up to 2.42 they work without a period, in
 * 2.43 they do not.
 */
const BY_CHANGE = ['lastUpdated', 'lastUpdatedDuration'];

/**
 * The error for a read of data values by their last change alone. 2.43 does not support this and
 * answers, misleadingly, that a last change is missing (dhis2 LIVE 196).
 *
 * @returns undefined for every other answer
 */
function changesWithoutPeriod(
  { query = {} }: ApiRequest,
  { status, body }: ApiAnswer,
): IntegrationError | undefined {
  const { errorCode } = readWebMessage(body);
  const given = BY_CHANGE.find(name => query[name] !== undefined);
  if (status !== 409 || errorCode !== 'E2002' || given === undefined) return undefined;
  return badOption(
    given,
    'is not enough for this version of DHIS2 (2.43): it also needs periods',
    'Add periods, or startDate and endDate.',
  );
}

/**
 * The error for a read of data values that the account may not see. Up to 2.42 DHIS2 answers with
 * success and an empty body, which looks like "no data". Since 2.43 it answers with a conflict
 * (dhis2 LIVE 177).
 *
 * @returns undefined for every other answer
 */
function hiddenValues(
  request: ApiRequest,
  { status, body }: ApiAnswer,
): IntegrationError | undefined {
  const { method, path } = request;
  if (method !== 'GET') return undefined;
  const { errorCode, message } = readWebMessage(body);
  const isRefused = status === 409 && NOT_ALLOWED.has(errorCode);
  const isSilent = status === 200 && DATA_VALUES.test(path) && isEmpty(body);
  if (!isRefused && !isSilent) return undefined;
  const ids = isRefused ? idsIn(message, request) : [];
  return new IntegrationError({
    code: 'MISSING_PERMISSION',
    message: `DHIS2 does not allow the account to read ${path}: a data set or an org unit of the request is not shared with it or assigned to it${ids.length > 0 ? ` (${ids.join(', ')})` : ''}.`,
    fix: 'Assign the org units to the account and share the data set with it. Or request fewer org units and data sets.',
    details: {
      system: 'DHIS2',
      method,
      path,
      status,
      ...(errorCode ? { serverCode: errorCode } : {}),
    },
  });
}

/**
 * The error for a refused read of data values, also where the server does not say that it refuses.
 *
 * @returns undefined for every other answer
 */
export function refusedRead(request: ApiRequest, answer: ApiAnswer): IntegrationError | undefined {
  return hiddenValues(request, answer) ?? changesWithoutPeriod(request, answer);
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === '' || (body instanceof Uint8Array && body.length === 0);
}
