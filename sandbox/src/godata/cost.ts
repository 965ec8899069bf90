import { setTimeout as sleep } from 'node:timers/promises';

/**
 * What a real Go.Data with one worker has to do, in milliseconds of its one thread. It works on one
 * request after the other, so requests in flight wait for each other.
 */
export interface GoDataCost {
  /** Each request: token, user, roles and permissions are read again (godata FACTS §7). */
  request?: number;
  /** Each record in the answer of a list. */
  read?: number;
  /** Each created case or event. */
  case?: number;
  /** Each created contact, or contact of a contact. */
  contact?: number;
  /** Each created relationship, also those created together with contacts. */
  relationship?: number;
  /** Each created lab result. */
  labResult?: number;
  /** Each changed record, also in a bulk change. */
  update?: number;
  /** Each person who gets a visual id, in addition to the creation or the change. */
  visualId?: number;
}

/**
 * The costs of a Go.Data 2.50.3 with one worker: what its thread needed for each on 2026-11-30, in
 * proportion to cases in lists, of which a quiet one creates 80 a second. The sandbox's page tells
 * how.
 */
export const ONE_WORKER: Required<GoDataCost> = {
  request: 8.5,
  read: 0.1,
  case: 12.5,
  contact: 4,
  relationship: 32,
  labResult: 4,
  update: 5.5,
  visualId: 4.7,
};

/** Milliseconds of the thread, by kind of work. */
export type Work = Partial<Record<keyof GoDataCost, number>>;

/** The one thread of a server: works on one request after the other, and counts for how long. */
export class Thread {
  /** What it has done until now. */
  readonly spent: Work = {};
  private freeAt = 0;

  /** Ends when the thread has done this work, after the work that came before. */
  async occupy(work: Work): Promise<void> {
    const now = performance.now();
    this.freeAt = Math.max(now, this.freeAt);
    for (const [kind, ms] of Object.entries(work) as [keyof GoDataCost, number][]) {
      this.spent[kind] = (this.spent[kind] ?? 0) + ms;
      this.freeAt += ms;
    }
    if (this.freeAt > now) await sleep(this.freeAt - now);
  }
}
