import { IntegrationError } from '../reporting/errors.js';
import type { ApiRequest, SystemName } from './request-types.js';

/** Whether a value is a JSON object: neither null nor a list. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list; none if it is no list. For answers of errors, which proxies write too. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** A text; empty for anything else. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * A successful answer of another form than the system gives: a cache, a mock or another service
 * answers in its place. The message names the form, never the content.
 *
 * @param expected what the system gives here: `an object`
 * @param body what came; undefined for an empty body
 */
export function unexpectedAnswer(
  system: SystemName,
  { method, path }: Pick<ApiRequest, 'method' | 'path'>,
  expected: string,
  body: unknown,
): IntegrationError {
  const received = formOf(body);
  return new IntegrationError({
    code: 'UNEXPECTED_ANSWER',
    message: `${system} answered ${method} ${path} with ${received}, but ${expected} was expected.`,
    fix: `Check that the address in the credential is that of ${system}'s API. If it is, check the proxies in between.`,
    details: { system, method, path, expected, received },
  });
}

function formOf(body: unknown): string {
  if (body === undefined || body === null) return 'nothing';
  if (Array.isArray(body)) return 'a list of another kind';
  if (typeof body === 'object') return 'an object of another kind';
  return typeof body === 'string' ? 'a text' : `a ${typeof body}`;
}
