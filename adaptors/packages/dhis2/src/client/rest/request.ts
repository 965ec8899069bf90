import { type ApiAnswer, type ApiRequest, splitPath } from '#common/http/index.js';
import { badOption } from '#common/operations/options.js';
import type { State } from '#common/reporting/report.js';
import { Dhis2Client } from '../client.js';
import type { Dhis2Configuration } from '../configuration.js';
import { toRehearsal } from './rehearsal.js';

type Query = NonNullable<ApiRequest['query']>;

/** What a job may say of a request; everything has a default. */
export interface RequestOptions {
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** How the answer is read: `json` (default), `text`, or `base64` for files. */
  parseAs?: 'json' | 'text' | 'base64';
  /** Number of the API; default as in the credential, and none. */
  apiVersion?: string | number;
}

/** A request below the API root. */
export interface RestRequest extends RequestOptions {
  method: ApiRequest['method'];
  /** `organisationUnits`, `tracker/trackedEntities/<id>`... */
  path: string;
  /** Sent as JSON; a text is sent as it is. */
  data?: unknown;
  /** Whether it may be sent again after a lost answer. GET and PUT always may. */
  idempotent?: boolean;
}

/** A DHIS2 server as a step reaches it, and the number of the API that its credential names. */
export interface RestAccess {
  client: Dhis2Client;
  apiVersion: RequestOptions['apiVersion'] | null;
}

/** The server of a step. */
export function accessOf({ configuration }: State): RestAccess {
  const { apiVersion } = (configuration ?? {}) as Partial<Dhis2Configuration>;
  return { client: new Dhis2Client(configuration as Dhis2Configuration), apiVersion };
}

/** Sends a request, and gives its answer whatever the status. */
export function sendRest(access: RestAccess, request: RestRequest): Promise<ApiAnswer> {
  return access.client.send(toApiRequest(access, request));
}

/** The request as it goes out. */
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

/** Reads the body of an answer as the request wants it. */
export function bodyOf({ body }: ApiAnswer, parseAs: RequestOptions['parseAs'] = 'json'): unknown {
  if (parseAs === 'json' || !(body instanceof Uint8Array)) return body;
  return Buffer.from(body).toString(parseAs === 'text' ? 'utf8' : 'base64');
}

function toQuery(query: RestRequest['query'] = {}): Query {
  return Object.fromEntries(
    Object.entries(query)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  );
}
