import { IntegrationError } from '../../../../common/src/errors.js';
import type { ApiAnswer, ApiRequest } from '../../../../common/src/http/index.js';

const DATA_VALUES = /^(\/\d+)?\/dataValueSets(\.\w+)?$/;
/** Data sets, attribute option combos, org units that are not the account's to read (dhis2 LIVE 177). */
const NOT_ALLOWED = new Set(['E2010', 'E2011', 'E2012']);

/**
 * The error for a read of data values beyond the account's reach. Up to 2.42 the answer is a success
 * with not one byte, which reads like "no data"; since 2.43 it is a conflict (dhis2 LIVE 177).
 *
 * @returns undefined for every other answer
 */
export function hiddenValues(
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
    fix: 'Give the account the org units as its own, and the right to read data of the data set; or ask for fewer.',
    details: {
      system: 'DHIS2',
      method,
      path,
      status,
      ...(errorCode ? { serverCode: errorCode } : {}),
    },
  });
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === '' || (body instanceof Uint8Array && body.length === 0);
}
