import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Sameness } from './compare.js';
import { type Recording, readWorld, type World } from './recordings.js';
import { SameIds } from './same-ids.js';
import type { Answer } from './verdict.js';
import { isComparedByForm, settleQuery, settleText } from './volatile.js';

/** A server that receives the recorded requests. */
export interface Target {
  /** Address without `/api` and without a slash at the end. */
  url: string;
  /** Credentials of the account that the recordings call `admin`. */
  admin: { username: string; password: string };
  /** Id of that account, if it differs from the recorded one. */
  adminId?: string;
  /** The current day of the server, `yyyy-MM-dd`, and the next. */
  days: string[];
  /** Waits for background jobs; for a sandbox it advances the time. */
  wait: (milliseconds: number) => unknown;
}

/** The account that every server has from the start. */
const ADMIN_ID = 'M5zQapPyTZI';

/** The days of the recordings. */
const RECORDED_DAYS = ['2026-11-28', '2026-11-29'];

/** How long a job may take, and the interval between checks. */
const [JOB_TIMEOUT_MS, POLL_MS] = [60_000, 1_000];

/** Sends the recorded requests in order, each with values from earlier answers. */
export class Session {
  readonly #target: Target;
  readonly #world: World;
  readonly #ids = new SameIds();
  #token = '';

  constructor(target: Target) {
    this.#target = target;
    this.#world = readWorld();
    const { adminId = ADMIN_ID } = target;
    if (adminId !== ADMIN_ID) this.#ids.pair(ADMIN_ID, adminId);
    this.#ids.give(this.#world);
    for (const id of ['bjDvmb4bfuf', 'GLevLNI9wkl', 'xYerKDKCefk', 'HllvX50cXC0'])
      this.#ids.give(id);
  }

  /** When two answers to a recorded request count as the same. */
  sameness({ pair, request }: Recording): Sameness {
    const origin = new URL(this.#target.url).origin;
    const days = { real: RECORDED_DAYS, ours: this.#target.days };
    return {
      ids: this.#ids,
      settle: (text, of) => settleQuery(this.#ids.mask(settleText(text, days[of], origin))),
      hasOrder: where => hasOrder(request.path, where),
      byForm: where => isComparedByForm(pair, where),
    };
  }

  async play(recording: Recording): Promise<Answer> {
    const { request } = recording;
    this.#ids.give(request);
    const waits = /-job(-report|-summary)?$/.test(recording.name);
    const until = waits ? JOB_TIMEOUT_MS : 0;
    let answer = await this.#send(recording);
    for (let waited = 0; waited < until && !hasEnded(answer); waited += POLL_MS) {
      await this.#target.wait(POLL_MS);
      answer = await this.#send(recording);
    }
    const key = (answer.body as { response?: { key?: unknown } } | undefined)?.response?.key;
    if (typeof key === 'string') {
      this.#token = key;
      (answer.body as { response: { key: string } }).response.key = '<token>';
    }
    return answer;
  }

  async #send({ name, request }: Recording): Promise<Answer> {
    const headers = { ...request.headers };
    if (headers.authorization === '<user>') headers.authorization = this.#basic(request.user, name);
    else if (headers.authorization) {
      const token = name.includes('wrong') ? `${this.#token.slice(0, -3)}abc` : this.#token;
      headers.authorization = headers.authorization.replace('<token>', token);
    }
    const url = this.#target.url + this.#ids.translate(request.path);
    const body = this.#bodyOf(request.body);
    const init = { method: request.method, headers, body, redirect: 'manual' as const };
    const response = await fetch(url, init);
    const text = await response.text();
    return {
      status: response.status,
      contentType: response.headers.get('content-type'),
      location: response.headers.get('location'),
      body: parsed(text),
    };
  }

  #basic(user: string | undefined, name: string): string {
    const { username, password } = this.#target.admin;
    const known = this.#world.users?.find(one => one.username === user);
    const wrong = /wrong-password|lock-wrong/.test(name);
    const secret = wrong ? 'wrong' : user === 'admin' ? password : known?.password;
    const sent = user === 'admin' ? username : user;
    return `Basic ${Buffer.from(`${sent}:${secret ?? 'Example-1!'}`).toString('base64')}`;
  }

  #bodyOf(body: unknown): string | Buffer | undefined {
    if (body === undefined || typeof body === 'string') return body;
    const special = body as { $gzip?: unknown; $ref?: string };
    if (special.$gzip) return gzipSync(this.#ids.translate(JSON.stringify(special.$gzip)));
    if (special.$ref) {
      const { users, ...rest } = this.#world;
      return JSON.stringify(special.$ref.includes('its users') ? { users } : rest);
    }
    return this.#ids.translate(JSON.stringify(body));
  }
}

/**
 * Whether the order of a list in an answer is significant: it is in a requested list, in options
 * and in coordinates. Sets inside objects come in the order of the server's hash table, data values
 * in that of its database.
 */
function hasOrder(path: string, where: string): boolean {
  if (/(\.options|coordinates\[?\]?.*)\[\]$/.test(where)) return true;
  const asked = /([\w]+)(\.\w+)?(\?|$)/.exec(path)?.[1];
  return where === '[]' || (where === `${asked}[]` && asked !== 'dataValues');
}

/** Waits in the time of the world. */
export const inRealTime = (milliseconds: number) => sleep(milliseconds);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether the answer is that of a job that has ended: its last notification, or a report. */
function hasEnded({ status, body }: Answer): boolean {
  if (status >= 400) return status === 501;
  if (Array.isArray(body)) return body.some(one => (one as { completed?: unknown }).completed);
  return body !== '' && body !== null && body !== undefined;
}
