import { type JsonObject, type RunningGoData, startGoData } from '#sandbox/godata/index.js';
import { idsIn, ownIdsIn, type Recording } from './replay.js';
import { importOf, OUTBREAK, replaySeed } from './replay-fixtures.js';

/** What the sandbox answered to a recorded request. */
export interface Answer {
  status: number;
  contentType: string | null;
  body: unknown;
}

/**
 * A sandbox that goes through the recorded session: its token, its clock and its ids, so that lists in
 * the order of ids are in the recorded order.
 */
export class ReplaySession {
  /** Where the sandbox takes its next ids from, as long as there are any. */
  readonly #nextIds: string[];
  readonly #knownIds = new Set<string>();
  #server: RunningGoData | undefined;
  #now = new Date('2026-11-23T07:34:21.000Z');
  #firstToken = '';
  token = '';

  get server(): RunningGoData {
    if (!this.#server) throw new Error('The session has not begun.');
    return this.#server;
  }

  constructor(nextIds: string[]) {
    this.#nextIds = nextIds;
  }

  /** @param roleIds roles of the account that made most recordings */
  async begin(roleIds: unknown): Promise<void> {
    // Time goes on by itself, so that no two writes have the same timestamp.
    const clock = () => {
      this.pass(5);
      return this.#now;
    };
    const seed = replaySeed(roleIds);
    this.#know(idsIn(seed));
    this.#server = await startGoData({ seed, clock });
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }

  async play(recording: Recording): Promise<Answer> {
    const { request } = recording;
    const current = recording.number === 11 ? this.#firstToken : this.token;
    const headers = new Headers(request.headers);
    if (headers.has('x-access-token')) headers.set('x-access-token', current);
    const authorization = headers.get('authorization');
    if (authorization) headers.set('authorization', authorization.replace('<token>', current));
    const path = request.rawPath ?? encodeURI(request.path);
    const body = this.#bodyOf(recording);
    this.#expectIds(recording);
    const url = this.server.url + path.replace(/%3Ctoken%3E|<token>/, current);
    const response = await fetch(url, { method: request.method, headers, body });
    const text = await response.text();
    const contentType = response.headers.get('content-type');
    const answer = { status: response.status, contentType, body: text && JSON.parse(text) };
    if (/\/(login|token)$/.test(request.path) && answer.status === 200) {
      const { access_token, id } = answer.body as JsonObject;
      this.token = String(access_token ?? id);
      this.#firstToken ||= this.token;
    }
    return answer;
  }

  async logIn(email: string, password: string): Promise<void> {
    const answer = await this.#post('/api/users/login', { email, password });
    if (answer.ok) this.token = ((await answer.json()) as { id: string }).id;
  }

  /** Makes a case with an id of its own, as the account that made it in the recordings. */
  addCase(id: string, values: JsonObject): Promise<void> {
    return this.add('cases', { id, lastName: 'Case', dateOfReporting: '2026-02-01', ...values });
  }

  /** Makes something in the outbreak, as the account that made most recordings. */
  async add(path: string, body: JsonObject): Promise<void> {
    const answer = await this.#post(`/api/outbreaks/${OUTBREAK}/${path}`, body);
    if (!answer.ok) throw new Error(`${path} was not made: ${await answer.text()}`);
  }

  #post(path: string, body: JsonObject): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: this.token };
    return fetch(this.server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  #bodyOf({ number, request: { body } }: Recording): string | FormData | undefined {
    if (body === null || body === undefined) return undefined;
    if (body === '<multipart>') return importOf(number);
    return typeof body === 'string' ? body : JSON.stringify(body);
  }

  /** What is new in the answer to a POST was made by it, and in that order. */
  #expectIds({ request, response }: Recording): void {
    this.#know(idsIn(request));
    if (request.method !== 'POST') return;
    const ids = ownIdsIn(response.body).filter(id => !this.#knownIds.has(id));
    this.#know(ids);
    this.#nextIds.splice(0, this.#nextIds.length, ...new Set(ids));
  }

  #know(ids: readonly string[]): void {
    for (const id of ids) this.#knownIds.add(id);
  }
}
