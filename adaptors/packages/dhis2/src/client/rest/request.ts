import { type ApiAnswer, type ApiRequest, splitPath } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { Dhis2Client } from '../client.js';
import type { Dhis2Configuration } from '../configuration.js';
import { toRehearsal } from './rehearsal.js';

type Query = NonNullable<ApiRequest['query']>;

/** Options of a request. Each has a default. */
export interface RequestOptions {
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** How to read the answer: `json` (default), `text`, or `base64` for files. */
  parseAs?: 'json' | 'text' | 'base64';
  /** Version number of the API. Default: the number in the credential, or none. */
  apiVersion?: string | number;
}

/** A request to a path below the API root. */
export interface RestRequest extends RequestOptions {
  method: ApiRequest['method'];
  /** For example `organisationUnits` or `tracker/trackedEntities/<id>`. */
  path: string;
  /** Body. An object is sent as JSON, a text as it is. */
  data?: unknown;
  /** Whether the request may be repeated when its answer was lost. GET and PUT always may. */
  idempotent?: boolean;
}

/** The DHIS2 server of a step, and the API version of its credential. */
export interface RestAccess {
  client: Dhis2Client;
  apiVersion: RequestOptions['apiVersion'] | null;
}

/** Creates the connection from the state's credential. */
export function accessOf({ configuration }: State): RestAccess {
  const { apiVersion } = (configuration ?? {}) as Partial<Dhis2Configuration>;
  return { client: new Dhis2Client(configuration as Dhis2Configuration), apiVersion };
}

/** Sends a request and returns the answer with any status. */
export function sendRest(access: RestAccess, request: RestRequest): Promise<ApiAnswer> {
  return access.client.send(toApiRequest(access, request));
}

/** Builds the HTTP request. */
export function toApiRequest(access: RestAccess, request: RestRequest): ApiRequest {
  const { method, data, headers, parseAs = 'json' } = request;
  if (!['json', 'text', 'base64'].includes(parseAs)) {
    throw badOption('parseAs', "must be 'json', 'text' or 'base64'");
  }
  const { path, query } = splitPath(request.path);
  const version = request.apiVersion ?? access.apiVersion;
  return {
    method,
    path: version ? `/${version}${path}` : path,
    query: toQuery(toRehearsal(path, { ...query, ...request.query })),
    ...(headers ? { headers } : {}),
    ...(typeof data === 'string'
      ? { content: { type: 'application/json', data } }
      : { body: data }),
    ...(parseAs === 'json' ? {} : { answer: 'bytes' as const }),
    idempotent: request.idempotent ?? ['GET', 'PUT'].includes(method),
  };
}

/** Reads the body of an answer in the requested form. */
export function bodyOf({ body }: ApiAnswer, parseAs: RequestOptions['parseAs'] = 'json'): unknown {
  if (parseAs === 'json' || !(body instanceof Uint8Array)) return body;
  return Buffer.from(body).toString(parseAs === 'text' ? 'utf8' : 'base64');
}

function toQuery(query: RestRequest['query'] = {}): Query {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, toParameter(value)]),
  );
}

/** Numbers, true and false stay what they are: `state.response` shows the parameters that were sent. */
function toParameter(value: unknown): Query[string] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
