import { util } from '@openfn/language-common';
import type { Content } from '#common/http/index.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import { configurationError } from '#common/reporting/errors.js';

/** The part of axios's configuration of a request that {@link axios} knows. */
export interface AxiosConfig {
  url?: string;
  baseURL?: string;
  /** `get` by default, in upper or lower case. */
  method?: string;
  /** Parameters of the address: texts, numbers, true and false, and lists of these. */
  params?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Body: objects and lists are sent as JSON. */
  data?: unknown;
  /** User name and password of basic authentication. */
  auth?: { username: string; password: string };
  /** Milliseconds without an answer. Default 300,000. */
  timeout?: number;
  /** `json` (default), `text`, or `arraybuffer` for a Buffer. */
  responseType?: 'json' | 'text' | 'arraybuffer';
  /** Which statuses are no error. Default: 200 to 299. */
  validateStatus?: ((status: number) => boolean) | null;
  /** Without effect: an answer may have up to 128 MB. */
  maxContentLength?: number;
  /** Without effect. */
  maxBodyLength?: number;
}

const KEYS = [
  'url',
  'baseURL',
  'method',
  'params',
  'headers',
  'data',
  'auth',
  'timeout',
  'responseType',
  'validateStatus',
  'maxContentLength',
  'maxBodyLength',
] as const satisfies (keyof AxiosConfig)[];

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What is sent. */
export interface AxiosRequest {
  method: (typeof METHODS)[number];
  url: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  content?: Content;
}

/**
 * Checks a configuration.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration) for what axios would do and this cannot;
 * `NO_ACCESS_TOKEN` for a request with the token that the published adaptor keeps in the credential
 */
export function toRequest(config: AxiosConfig): AxiosRequest {
  refuseUnknownKeys('axios', config, KEYS);
  const { params = {}, headers = {}, auth, responseType = 'json' } = config;
  const method = METHODS.find(name => name === String(config.method ?? 'get').toUpperCase());
  if (!method) throw badOption('axios.method', `must be one of ${METHODS.join(', ')}`);
  if (!['json', 'text', 'arraybuffer'].includes(responseType)) {
    throw badOption('axios.responseType', "must be 'json', 'text' or 'arraybuffer'");
  }
  const url = join(config.baseURL, config.url);
  refuseMissingToken(url, params);
  const content = contentOf(config.data, headers);
  return {
    method,
    url,
    query: queryOf(params),
    headers: auth
      ? { ...headers, ...util.makeBasicAuthHeader(auth.username, auth.password) }
      : headers,
    ...(content ? { content } : {}),
  };
}

function join(base = '', given = ''): string {
  const isWhole = /^https?:\/\//i.test(given);
  const url =
    isWhole || base === '' ? given : `${base.replace(/\/+$/, '')}/${given.replace(/^\/+/, '')}`;
  if (/^https?:\/\//i.test(url)) return url;
  throw badOption(
    'axios.url',
    'must be a whole address',
    'For example https://host/api/outbreaks.',
  );
}

/** The published adaptor puts its token into `state.configuration`; here nothing secret is added to a state. */
function refuseMissingToken(url: string, params: Record<string, unknown>): void {
  const isMissing = 'access_token' in params && params.access_token === undefined;
  if (!isMissing && !/[?&]access_token=undefined\b/.test(url)) return;
  throw configurationError(
    'NO_ACCESS_TOKEN',
    'The request has no access_token: this adaptor does not put its token into state.configuration.',
    {
      fix: "Use the operation request, which sends the login itself: request('GET', '/outbreaks', { query: { filter } }).",
    },
  );
}

/** As axios writes parameters: those of a list get brackets. */
function queryOf(params: Record<string, unknown>): AxiosRequest['query'] {
  const query: AxiosRequest['query'] = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    if (Array.isArray(value)) query[`${name}[]`] = value.map(item => textOf(name, item));
    else query[name] = textOf(name, value);
  }
  return query;
}

function textOf(name: string, value: unknown): string {
  if (['string', 'number', 'boolean'].includes(typeof value)) return String(value);
  throw badOption(
    `axios.params.${name}`,
    'must be a text, a number, true, false, or a list of these',
    'Write an object with JSON.stringify().',
  );
}

function contentOf(data: unknown, headers: Record<string, string>): Content | undefined {
  if (data === undefined || data === null) return undefined;
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  if (typeof data === 'string') {
    return { type: given?.[1] ?? 'application/x-www-form-urlencoded', data };
  }
  if (data instanceof Uint8Array) {
    return { type: given?.[1] ?? 'application/octet-stream', data };
  }
  return { type: given?.[1] ?? 'application/json', data: JSON.stringify(data) };
}
