import { createRandom } from './random.js';

/** What can go wrong between a client and a server; see {@link FaultRule} for the settings of each. */
export const FAULT_KINDS = [
  'status',
  'hang',
  'cut',
  'slow',
  'truncate',
  'html',
  'expire-token',
  'kill-token',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * When a fault is played (`at`, `every` or `rate`; if none is set, on every matching request), on
 * which route, how often, and which fault.
 */
export interface FaultRule {
  kind: FaultKind;
  /** On the n-th request that matches `route`, counted from 1 since the rule was added. */
  at?: number | readonly number[];
  /** On every k-th request that matches `route`. */
  every?: number;
  /** On this share (0 to 1) of the matching requests, drawn from the schedule's seed. */
  rate?: number;
  /** `GET /api/outbreaks/{id}/cases`, `/api/outbreaks/{id}/cases` (any method) or a regular expression. */
  route?: string | RegExp;
  /** Stops after this number of faults. @default no end */
  times?: number;
  /** `status` (default 503) and `html` (default 502). */
  status?: number;
  /** `status`: headers of the answer, for example `{ 'Retry-After': '2' }`. */
  headers?: Record<string, string>;
  /** `status`: body of the answer; an object is sent as JSON. */
  body?: unknown;
  /**
   * `cut`: the connection is destroyed before the request is handled, in the middle of the answer,
   * or after the request was handled without any answer. @default 'before'
   */
  when?: 'before' | 'during' | 'after';
  /** `slow`: wait before the request is handled. @default 1000 */
  delayMs?: number;
}

/** Rules, with the seed for their `rate` (default 1). */
export type FaultSchedule = readonly FaultRule[] | { seed?: number; rules: readonly FaultRule[] };

interface ActiveRule {
  rule: FaultRule;
  seen: number;
  played: number;
}

/**
 * The faults that a server plays; rules can be added and cleared while it runs. If several rules
 * match a request, the one that was added first is played.
 *
 * @example
 * server.faults.add({ kind: 'status', status: 429, headers: { 'Retry-After': '1' }, at: 3 });
 */
export class Faults {
  readonly #random: () => number;
  #rules: ActiveRule[] = [];
  #played = 0;

  constructor(schedule: FaultSchedule = []) {
    const { seed = 1, rules } = 'rules' in schedule ? schedule : { rules: schedule };
    this.#random = createRandom(seed);
    this.add(...rules);
  }

  /** @throws RangeError if a rule is not valid */
  add(...rules: FaultRule[]): void {
    for (const rule of rules) assertRule(rule);
    this.#rules.push(...rules.map(rule => ({ rule, seen: 0, played: 0 })));
  }

  /** Faults that were played so far, those of cleared rules included. */
  get played(): number {
    return this.#played;
  }

  clear(): void {
    this.#rules = [];
  }

  /**
   * The fault to play on the request that just arrived; every rule counts the request.
   *
   * @param route `METHOD /path/{template}`
   */
  next(route: string): FaultRule | undefined {
    let chosen: FaultRule | undefined;
    for (const active of this.#rules) {
      if (!fitsRoute(active.rule, route)) continue;
      active.seen += 1;
      if (chosen || active.played >= (active.rule.times ?? Number.POSITIVE_INFINITY)) continue;
      if (!this.#strikes(active)) continue;
      active.played += 1;
      this.#played += 1;
      chosen = active.rule;
    }
    return chosen;
  }

  #strikes({ rule, seen }: ActiveRule): boolean {
    if (rule.at !== undefined) return [rule.at].flat().includes(seen);
    if (rule.every !== undefined) return seen % rule.every === 0;
    if (rule.rate !== undefined) return this.#random() < rule.rate;
    return true;
  }
}

function fitsRoute({ route: wanted }: FaultRule, route: string): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === 'string') return route === wanted || route.endsWith(` ${wanted}`);
  return new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(route);
}

function assertRule(rule: FaultRule): void {
  const refuse = (problem: string) => {
    throw new RangeError(`Fault rule ${JSON.stringify(rule)}: ${problem}`);
  };
  if (!FAULT_KINDS.includes(rule.kind)) refuse(`kind must be one of ${FAULT_KINDS.join(', ')}.`);
  const triggers = [rule.at, rule.every, rule.rate].filter(value => value !== undefined);
  if (triggers.length > 1) refuse('give only one of at, every and rate.');
  for (const count of [rule.at, rule.every, rule.times].flat()) {
    if (count !== undefined && !(Number.isInteger(count) && count > 0)) {
      refuse('at, every and times are whole numbers above 0.');
    }
  }
  if (rule.rate !== undefined && !(rule.rate >= 0 && rule.rate <= 1)) refuse('rate is 0 to 1.');
}
