import { IntegrationError } from '../reporting/errors.js';
import { networkError } from './network-error.js';
import { AnswerTooLarge } from './read-body.js';
import type { ApiRequest, SystemName } from './request-types.js';
import { type Endpoint, type RawAnswer, sendOnce } from './transport.js';

/**
 * Sends one request, once. Returns the bytes of its answer, whatever its status.
 *
 * @throws IntegrationError if no answer came, and `ANSWER_TOO_LARGE`
 */
export async function exchangeBytes(
  system: SystemName,
  endpoint: Endpoint,
  request: ApiRequest,
): Promise<RawAnswer> {
  try {
    return await sendOnce(endpoint, request);
  } catch (error) {
    throw error instanceof AnswerTooLarge
      ? tooLarge(system, request, error)
      : networkError(system, request, error);
  }
}

function tooLarge(
  system: SystemName,
  { method, path }: ApiRequest,
  { limit }: AnswerTooLarge,
): IntegrationError {
  const megabytes = Math.floor(limit / 1024 / 1024);
  return new IntegrationError({
    code: 'ANSWER_TOO_LARGE',
    message: `${system}'s answer to ${method} ${path} is larger than ${megabytes} MB; the rest was not read.`,
    fix: 'Read less at once: a smaller page, a narrower filter or fewer fields. If a small answer was expected, check what answers at the address in the credential.',
    details: { system, method, path, limit },
  });
}
