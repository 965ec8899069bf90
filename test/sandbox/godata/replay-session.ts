import {
  type JsonObject,
  type RunningGoData,
  startGoData,
} from '../../../sandbox/src/godata/index.js';
import { IdMap, type Recording } from './replay.js';
import { importOf, OUTBREAK, replaySeed } from './replay-fixtures.js';

/** What the sandbox answered to a recorded request. */
export interface Answer {
  status: number;
  contentType: string | null;
  body: unknown;
}

/** A sandbox that goes through the recorded session: its token, its clock and its ids. */
export class ReplaySession {
  readonly #ids = new IdMap();
  #server: RunningGoData | undefined;
  #now = new Date('2026-11-23T07:34:21.000Z');
  #firstToken = '';
  token = '';

  get server(): RunningGoData {
    if (!this.#server) throw new Error('The session has not begun.');
    return this.#server;
  }

  /** @param roleIds roles of the account that made most recordings */
  async begin(roleIds: unknown): Promise<void> {
    // Time goes on by itself, so that no two writes have the same timestamp.
    const clock = () => {
      this.pass(5);
      return this.#now;
    };
    this.#server = await startGoData({ seed: replaySeed(roleIds), clock });
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }

  /** A text, or an id, of the recording with the sandbox's ids in it. */
  ours(text: string): string {
    return this.#ids.translate(text);
  }

  async play(recording: Recording): Promise<Answer> {
    const { request } = recording;
    const current = recording.number === 11 ? this.#firstToken : this.token;
    const headers = new Headers(request.headers);
    if (headers.has('x-access-token')) headers.set('x-access-token', current);
    const authorization = headers.get('authorization');
    if (authorization) headers.set('authorization', authorization.replace('<token>', current));
    const path = this.ours(request.rawPath ?? encodeURI(request.path));
    const body = this.#bodyOf(recording);
    const url = this.server.url + path.replace(/%3Ctoken%3E|<token>/, current);
    const response = await fetch(url, { method: request.method, headers, body });
    const text = await response.text();
    const contentType = response.headers.get('content-type');
    const answer = { status: response.status, contentType, body: text && JSON.parse(text) };
    this.#learn(recording, answer);
    return answer;
  }

  async logIn(email: string, password: string): Promise<void> {
    const answer = await this.#post('/api/users/login', { email, password });
    if (answer.ok) this.token = ((await answer.json()) as { id: string }).id;
  }

  /** Makes a case with an id of its own, as the account that made it in the recordings. */
  async addCase(id: string, values: JsonObject): Promise<void> {
    const body = { id, lastName: 'Case', dateOfReporting: '2026-02-01', ...values };
    const answer = await this.#post(`/api/outbreaks/${this.ours(OUTBREAK)}/cases`, body);
    if (!answer.ok) throw new Error(`The case ${id} was not made: ${await answer.text()}`);
  }

  #post(path: string, body: JsonObject): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: this.token };
    return fetch(this.server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  #bodyOf({ number, request: { body } }: Recording): string | FormData | undefined {
    if (body === null || body === undefined) return undefined;
    if (body === '<multipart>') return importOf(number);
    return this.ours(typeof body === 'string' ? body : JSON.stringify(body));
  }

  #learn({ request, response }: Recording, answer: Answer): void {
    if (answer.status !== 200 || request.method !== 'POST') return;
    if (/\/(login|token)$/.test(request.path)) {
      const { access_token, id } = answer.body as JsonObject;
      this.token = String(access_token ?? id);
      this.#firstToken ||= this.token;
    } else {
      this.#ids.learn(response.body, answer.body);
    }
  }
}
