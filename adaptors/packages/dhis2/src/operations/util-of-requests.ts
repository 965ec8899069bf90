/*
 * What the published adaptor exports in `util` for its own operations. Jobs reach these names too.
 */
import { composeNextState } from '@openfn/language-common';
import { badOption } from '#common/operations/options.js';
import { configurationError } from '#common/reporting/errors.js';
import type { State } from '#common/reporting/report.js';
import { authorizationOf, type Dhis2Configuration } from '../client/configuration.js';
import { exchange, readMethod } from '../client/rest/any-request.js';
import { accessOf, type RequestOptions } from '../client/rest/request.js';
import { isTrackerKind } from '../tracker/import/payload.js';

/** Media types by the ending of a file. */
export const CONTENT_TYPES = {
  xml: 'application/xml',
  json: 'application/json',
  pdf: 'application/pdf',
  csv: 'application/csv',
  xls: 'application/vnd.ms-excel',
} as const;

/**
 * Whether a resource is written only as a tracker import.
 *
 * @public
 * @example
 * util.shouldUseNewTracker('events'); // true
 */
export function shouldUseNewTracker(resourceType: string): boolean {
  return isTrackerKind(resourceType);
}

/**
 * The name of the property that holds the id of an object: that of old tracker objects is not `id`.
 *
 * @public
 * @example
 * util.selectId('programs'); // 'id'
 */
export function selectId(resourceType: string): string {
  return resourceType === 'trackedEntityInstances' ? 'trackedEntityInstance' : 'id';
}

/**
 * A text with line breaks, for a log.
 *
 * @public
 * @example
 * util.prettyJson({ id: 'x' });
 */
export function prettyJson(data: unknown): string {
  return JSON.stringify(data, null, 2);
}

/**
 * An object or a list as the payload of an import.
 *
 * @public
 * @example
 * util.ensureArray({ event: 'a' }, 'events'); // { events: [{ event: 'a' }] }
 */
export function ensureArray<T>(data: T | T[], key: string): Record<string, T[]> {
  return { [key]: Array.isArray(data) ? data : [data] };
}

/**
 * The path of a resource below the address of the server.
 *
 * @public
 * @param {object} configuration - The credential, for its `apiVersion`
 * @param {object} options - `apiVersion`, instead of the credential's
 * @param {string} resourceType - `programs`, `dataElements`...
 * @param {string} [path] - Id of the object, or a path below it
 * @example
 * util.prefixVersionToPath({ apiVersion: 42 }, {}, 'programs', 'IpHINAT79UW');
 * // '/api/42/programs/IpHINAT79UW'
 */
export function prefixVersionToPath(
  configuration: Pick<Dhis2Configuration, 'apiVersion'>,
  options: Pick<RequestOptions, 'apiVersion'> | null | undefined,
  resourceType: string,
  path?: string | null,
): string {
  const version = options?.apiVersion || configuration.apiVersion;
  return ['/api', version, resourceType, path].filter(Boolean).join('/');
}

/**
 * Headers with the authorization of a credential. The given ones are not changed.
 *
 * @public
 * @example
 * util.configureAuth({ pat: 'd2pat_x' }); // { Authorization: 'ApiToken d2pat_x' }
 * @throws IntegrationError `INVALID_CREDENTIAL` (configuration) with neither a token nor user name
 * and password
 */
export function configureAuth(
  auth: Partial<Dhis2Configuration>,
  headers: Record<string, string> = {},
): Record<string, string> {
  const authorization = authorizationOf(auth);
  if (authorization) return { ...headers, Authorization: authorization };
  throw configurationError(
    'INVALID_CREDENTIAL',
    'Invalid authorization credentials. Include a PAT or a username and password in state.configuration',
    { fix: 'Add a personal access token, or a user name and password, to the credential.' },
  );
}

/** An answer, as `util.request` returns it. */
export interface UtilResponse {
  method: string;
  url: string;
  query: Record<string, unknown>;
  statusCode: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

const PATH = /^\/?api(?:\/(\d+))?\/(.+)$/;

/**
 * Sends a request to DHIS2, outside of an operation.
 *
 * @public
 * @param {object} configuration - The credential
 * @param {object} requestData - `method`; `path`, as `util.prefixVersionToPath` makes it; `options`
 * with `query`, `headers` and `parseAs`; `data`, the body
 * @throws IntegrationError for every status of 400 and above, and `BAD_OPTION` (configuration)
 * @example
 * fn(async state => {
 *   const path = util.prefixVersionToPath(state.configuration, {}, 'me');
 *   const { body } = await util.request(state.configuration, { method: 'GET', path });
 *   return { ...state, account: body.id };
 * });
 */
export async function request(
  configuration: Dhis2Configuration,
  requestData: {
    method: string;
    path: string;
    options?: Omit<RequestOptions, 'apiVersion'>;
    data?: unknown;
  },
): Promise<UtilResponse> {
  const method = readMethod(requestData.method);
  const [, apiVersion, path] = PATH.exec(requestData.path) ?? [];
  if (path === undefined) {
    throw badOption('path of util.request', 'must begin with /api', 'Use prefixVersionToPath().');
  }
  const { client } = accessOf({ configuration } as State);
  const { query, headers, parseAs } = requestData.options ?? {};
  const data = method === 'GET' ? undefined : requestData.data;
  // The version is in the path: none means none here, whatever the credential says.
  const access = { client, apiVersion };
  const rest = { method, path, query, headers, parseAs, data };
  const { sent, answer, body } = await exchange(access, rest);
  return {
    method,
    url: requestData.path,
    query: sent.query ?? {},
    statusCode: answer.status,
    headers: answer.headers,
    body,
  };
}

/**
 * The state after an answer: its body in `data`, the former data in `references`.
 *
 * @public
 * @example
 * util.handleResponse(response, state);
 */
export function handleResponse({ body }: Pick<UtilResponse, 'body'>, state: State): State {
  return composeNextState({ ...state }, body) as State;
}

/**
 * The same, with status and headers in `response`. They are without cookies, which are secrets.
 *
 * @public
 * @example
 * util.handleHttpResponse(response, state);
 */
export function handleHttpResponse(result: UtilResponse, state: State): State {
  const { body: _body, headers = {}, ...others } = result;
  const { 'set-cookie': _cookie, ...safe } = headers;
  return { ...handleResponse(result, state), response: { ...others, headers: safe } };
}
