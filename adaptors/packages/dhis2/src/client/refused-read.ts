import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import { IntegrationError } from '#common/reporting/errors.js';

const DATA_VALUES = /^(\/\d+)?\/dataValueSets(\.\w+)?$/;
/** Data sets, attribute option combos, org units that are not the account's to read (dhis2 LIVE 177). */
const NOT_ALLOWED = new Set(['E2010', 'E2011', 'E2012']);

/** By what values can be chosen since when, without a period up to 2.42, and not on 2.43. */
const BY_CHANGE = ['lastUpdated', 'lastUpdatedDuration'];

/**
 * The error for a read of data values by their last change alone, which 2.43 does not know: it says
 * that a last change must be given (dhis2 LIVE 196).
 *
 * @returns undefined for every other answer
 */
function changesWithoutPeriod(
  { query = {} }: ApiRequest,
  { status, body }: ApiAnswer,
): IntegrationError | undefined {
  const { errorCode } = (body ?? {}) as { errorCode?: string };
  const given = BY_CHANGE.find(name => query[name] !== undefined);
  if (status !== 409 || errorCode !== 'E2002' || given === undefined) return undefined;
  return badOption(
    given,
    'is not enough for this version of DHIS2 (2.43): it gives values of a period only',
    'Ask for periods, or startDate and endDate, as well.',
  );
}

/**
 * The error for a read of data values beyond the account's reach. Up to 2.42 the answer is a success
 * with not one byte, which reads like "no data"; since 2.43 it is a conflict (dhis2 LIVE 177).
 *
 * @returns undefined for every other answer
 */
function hiddenValues(
  { method, path }: ApiRequest,
  { status, body }: ApiAnswer,
): IntegrationError | undefined {
  if (method !== 'GET') return undefined;
  const { errorCode = '', message = '' } = (body ?? {}) as { errorCode?: string; message?: string };
  const isRefused = status === 409 && NOT_ALLOWED.has(errorCode);
  const isSilent = status === 200 && DATA_VALUES.test(path) && isEmpty(body);
  if (!isRefused && !isSilent) return undefined;
  return new IntegrationError({
    code: 'MISSING_PERMISSION',
    message: `DHIS2 does not allow the account to read ${path}: ${isRefused ? message : 'a data set or an org unit that was asked for is not within its reach'}.`,
    fix: 'Assign the org units to the account and share the data of the data set with it, or ask for fewer.',
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
 * The error for a read of data values that is refused, be it in silence.
 *
 * @returns undefined for every other answer
 */
export function refusedRead(request: ApiRequest, answer: ApiAnswer): IntegrationError | undefined {
  return hiddenValues(request, answer) ?? changesWithoutPeriod(request, answer);
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === '' || (body instanceof Uint8Array && body.length === 0);
}
