import { exchangeBytes } from '#common/http/index.js';
import { configurationError, IntegrationError } from '#common/reporting/errors.js';
import { type AxiosConfig, type AxiosRequest, toRequest } from './config.js';

/** An answer, as axios returns it, without axios's own `request`. */
export interface AxiosResponse {
  data: unknown;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  config: AxiosConfig;
}

type WithoutBody = (url: string, config?: AxiosConfig) => Promise<AxiosResponse>;
type WithBody = (url: string, data?: unknown, config?: AxiosConfig) => Promise<AxiosResponse>;

/** What jobs use of axios. */
export interface Axios {
  (config: AxiosConfig): Promise<AxiosResponse>;
  (url: string, config?: AxiosConfig): Promise<AxiosResponse>;
  request(config: AxiosConfig): Promise<AxiosResponse>;
  get: WithoutBody;
  delete: WithoutBody;
  post: WithBody;
  put: WithBody;
  patch: WithBody;
  /** Whether an error is that of an answer with a status that `validateStatus` refuses. */
  isAxiosError(error: unknown): boolean;
}

const TIMEOUT_MS = 300_000;

async function send(config: AxiosConfig): Promise<AxiosResponse> {
  const request = toRequest(config);
  const { url, ...rest } = request;
  const endpoint = { baseUrl: url, timeoutMs: config.timeout || TIMEOUT_MS };
  const { status, headers, bytes } = await exchangeBytes('The server', endpoint, {
    ...rest,
    path: '',
  });
  const response = { data: dataOf(bytes, config), status, headers, config };
  const { validateStatus = isSuccess } = config;
  if (validateStatus === null || validateStatus(status)) return response;
  throw statusError(request, response);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function dataOf(bytes: Uint8Array, { responseType = 'json' }: AxiosConfig): unknown {
  const buffer = Buffer.from(bytes);
  if (responseType === 'arraybuffer') return buffer;
  const text = buffer.toString('utf8');
  if (responseType === 'text') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The answer is in it for the job's `catch`, but not enumerable: it must not reach a log or a state. */
function statusError({ method }: AxiosRequest, response: AxiosResponse): IntegrationError {
  const error = new IntegrationError({
    code: 'REFUSED',
    message: `Request failed with status code ${response.status}`,
    fix: 'Check the address and the body of the request. For Go.Data, the operation request() tells more.',
    details: { method, status: response.status },
  });
  return Object.defineProperties(error, {
    response: { value: response },
    isAxiosError: { value: true },
  });
}

function withUrl(config: AxiosConfig | undefined, url: string, method?: string): AxiosConfig {
  return { ...config, url, ...(method ? { method } : {}) };
}

/** Parts of axios that change how it sends requests. */
const ABSENT = ['create', 'interceptors', 'defaults', 'all', 'spread', 'CancelToken'];

function absent(name: string): PropertyDescriptor {
  return {
    get() {
      throw configurationError('BAD_OPTION', `axios.${name}: does not exist in this adaptor.`, {
        fix: 'Give each request its own configuration; for Go.Data, use the operation request().',
      });
    },
  };
}

function createAxios(): Axios {
  const without = (method: string) => (url: string, config?: AxiosConfig) =>
    send(withUrl(config, url, method));
  const having = (method: string) => (url: string, data?: unknown, config?: AxiosConfig) =>
    send({ ...withUrl(config, url, method), data });
  const methods = {
    request: send,
    get: without('get'),
    delete: without('delete'),
    post: having('post'),
    put: having('put'),
    patch: having('patch'),
    isAxiosError,
  };
  const call = (first: string | AxiosConfig, config?: AxiosConfig) =>
    send(typeof first === 'string' ? withUrl(config, first) : first);
  const absences = ABSENT.map(name => [name, absent(name)]);
  return Object.defineProperties(Object.assign(call, methods), Object.fromEntries(absences));
}

function isAxiosError(error: unknown): boolean {
  return (Object(error) as { isAxiosError?: unknown }).isAxiosError === true;
}

/**
 * For jobs of the published adaptor, which exports axios: sends requests through language-common,
 * as every operation does. New jobs use `request`, which sends the login, or `http` for other
 * servers.
 *
 * @public
 * @param {object} config - `url`, `baseURL`, `method`, `params`, `headers`, `data`, `auth`,
 * `timeout`, `responseType`, `validateStatus`
 * @throws IntegrationError, as a rejected promise: `REFUSED` with the answer in `error.response`;
 * `BAD_OPTION`, `NO_ACCESS_TOKEN` (configuration); and those of a connection, as `CONNECTION_LOST`
 * @example
 * fn(state => axios.get('https://example.org/api/cases').then(({ data }) => ({ ...state, data })));
 */
export const axios: Axios = /* @__PURE__ */ createAxios();
