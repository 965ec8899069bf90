import {
  DEFAULT_USER,
  type GoDataOptions,
  type GoDataSeed,
  type JsonObject,
  type RunningGoData,
  startGoData,
} from '#sandbox/godata/index.js';

/** An answer as a test reads it. */
export interface Reply {
  status: number;
  /** Parsed JSON; a test knows what it requested. */
  body: JsonObject & JsonObject[];
  /** `error.code`, or undefined. */
  code: unknown;
}

/** A sandbox with one outbreak, `OB`, and a logged-in user. */
export interface TestGoData extends RunningGoData {
  token: string;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  /** GET of the cases of `OB`, with a filter. */
  cases(filter?: JsonObject): Promise<Reply>;
  logIn(email?: string, password?: string): Promise<Reply>;
}

export const OUTBREAK = {
  id: 'OB',
  name: 'Outbreak',
  startDate: '2026-01-01',
  caseIdMask: 'CASE-9999',
  contactIdMask: '*',
};

/** Starts a sandbox and logs in as its default user. */
export async function begin(
  seed: GoDataSeed = {},
  options: GoDataOptions = {},
): Promise<TestGoData> {
  const users = [{ ...DEFAULT_USER, activeOutbreakId: 'OB' }];
  const server = await startGoData({
    ...options,
    seed: { users, outbreaks: [OUTBREAK], ...seed },
  });
  const test: TestGoData = {
    ...server,
    token: '',
    call: async (method, path, body, headers = {}) => {
      const response = await fetch(`${server.url}/api${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(test.token === '' ? {} : { authorization: test.token }),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      const parsed = text === '' ? {} : JSON.parse(text);
      return { status: response.status, body: parsed, code: parsed?.error?.code };
    },
    cases: filter => {
      const query = filter ? `?filter=${encodeURIComponent(JSON.stringify(filter))}` : '';
      return test.call('GET', `/outbreaks/OB/cases${query}`);
    },
    logIn: async (email = DEFAULT_USER.email, password = DEFAULT_USER.password) => {
      const reply = await test.call('POST', '/users/login', { email, password });
      if (typeof reply.body.id === 'string') test.token = reply.body.id;
      return reply;
    },
  };
  await test.logIn();
  return test;
}

/** Sends a form, or a text as the file of a form, as a client of the platform does. */
export async function upload(
  { url, token }: TestGoData,
  path: string,
  content: string | FormData,
): Promise<Reply> {
  const form = typeof content === 'string' ? new FormData() : content;
  if (typeof content === 'string') form.set('file', new File([content], 'file.json'));
  const headers = { authorization: token };
  const response = await fetch(`${url}/api${path}`, { method: 'POST', headers, body: form });
  const body = (await response.json()) as Reply['body'];
  return { status: response.status, body, code: (body.error as JsonObject | undefined)?.code };
}
