import { Query } from '../../http/query.js';
import { Refusal } from '../../http/web-message.js';
import { isUid } from '../../metadata/uid.js';
import type { ApiContext, ServerContext } from '../../server-context.js';
import type { ServerTime } from '../../store/time.js';
import type { Dialect } from '../../versions/dialect.js';

/** A parameter that has another name in other versions; both minor versions are inclusive. */
export interface RenamedParam {
  name: string;
  since: number;
  old: string;
  until: number;
}

/** A parameter, by its name if that is the same in every version. */
export type Param = string | RenamedParam;

/** The parameters of every list. */
const PAGING: RenamedParam = { name: 'paging', since: 41, old: 'skipPaging', until: 41 };
const COMMON: readonly Param[] = [
  PAGING,
  'page',
  'pageSize',
  'totalPages',
  'order',
  'fields',
  'includeDeleted',
];

/** Reads the parameters of a request from the given ones. @throws Refusal for all others */
export function readParams(
  c: ApiContext,
  { store, dialect }: ServerContext,
  route: string,
  known: readonly Param[],
): TrackerParams {
  return new TrackerParams(c.req.queries(), known, route, dialect, store.time);
}

/**
 * Reads the parameters of a list, including those of every list. @throws Refusal like {@link
 * readParams}
 */
export function readListParams(
  c: ApiContext,
  context: ServerContext,
  route: string,
  known: readonly Param[],
): TrackerParams {
  return readParams(c, context, route, [...COMMON, ...known]);
}

/** A duration in the server's format: `1d`, `12h` (recording 286). */
const DURATION = /^(\d+)([dhms])$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
};

/** The parameters of a request to Tracker, by the names of the newest version. */
export class TrackerParams {
  private readonly query: Query;

  /** @throws Refusal for a parameter that the version does not have, or one under two names */
  constructor(
    private readonly params: Record<string, string[]>,
    known: readonly Param[],
    route: string,
    private readonly dialect: Dialect,
    private readonly time: ServerTime,
  ) {
    const names = known.flatMap(param => this.namesOf(param));
    this.query = new Query(params, names, `GET /api/tracker/${route} in DHIS2 ${dialect.version}`);
    for (const param of known) this.refuseBothNames(param);
  }

  text(param: Param): string | undefined {
    return this.query.text(this.sentName(param)) || undefined;
  }

  flag(name: string): boolean {
    return this.query.flag(name);
  }

  /** All values under a name, as sent. */
  all(name: string): string[] {
    return this.query.all(name);
  }

  /** A list separated by commas. */
  list(name: string): string[] {
    return this.query.list(name);
  }

  /** A number from 1 (recording 276). @throws Refusal 400 when the value is not valid */
  count(name: string, byDefault: number): number {
    if (/^(0|-\d+)$/.test(this.text(name) ?? '')) {
      throw this.bad(`${name} must be greater than or equal to 1 if specified`);
    }
    return this.query.count(name, byDefault);
  }

  has(param: Param): boolean {
    return this.text(param) !== undefined;
  }

  /** @throws Refusal 400 when the version requires a UID and the value is not one */
  uid(param: Param): string | undefined {
    const id = this.text(param);
    return id === undefined ? undefined : this.checkUid(param, id);
  }

  /** Ids; in old names separated by semicolons, in new ones by commas (dhis2 FACTS §4.2). */
  uids(param: RenamedParam): string[] {
    const name = this.sentName(param);
    const separator = name === param.old ? ';' : ',';
    const ids = this.all(name).flatMap(text => text.split(separator));
    return ids.filter(id => id !== '').map(id => this.checkUid(param, id));
  }

  /** @throws Refusal 400 when the value is not one of the given ones */
  oneOf<V extends string>(param: Param, values: readonly V[]): V | undefined {
    const text = this.text(param);
    if (text === undefined) return undefined;
    const value = values.find(one => one === text);
    if (value !== undefined) return value;
    throw this.invalid(param, `Valid values are: [${values.join(', ')}]`);
  }

  /**
   * A time in the server's format; a date means the beginning or the end of that day.
   *
   * @throws Refusal 400 when the value is not a time
   */
  timeOf(name: string, edge: 'start' | 'end'): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
    const time = this.time.fromText(isDay && edge === 'end' ? `${text}T23:59:59.999` : text);
    if (time === undefined) throw this.invalid(name, `Invalid format: "${text}"`);
    return time;
  }

  /**
   * The time that is the given duration ago.
   *
   * @throws Refusal when the value is not a number of days, hours, minutes or seconds
   */
  timeWithin(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const [, count, unit] = DURATION.exec(text) ?? [];
    if (unit === undefined) throw this.bad(`\`${name}\` is not valid: ${text}`);
    return this.time.ago(Number(count) * UNIT_MS[unit]!);
  }

  /**
   * Whether the answer is a page; with `paging=false` or `skipPaging=true` it is the whole list.
   */
  get isPaged(): boolean {
    const name = this.sentName(PAGING);
    return name === PAGING.old ? !this.query.flag(name) : this.query.flag(name, true);
  }

  /** A refusal of invalid parameters (dhis2 FACTS §4.2). */
  bad(message: string): Refusal {
    return this.refusal('bad', message, 'E1003');
  }

  /** A refusal of data that the user may not read (dhis2 FACTS §4.2). */
  forbidden(message: string): Refusal {
    return this.refusal('forbidden', message, 'E1006');
  }

  private refusal(kind: 'bad' | 'forbidden', message: string, errorCode: string): Refusal {
    const { refusals, read } = this.dialect.tracker;
    return new Refusal(refusals[kind], { message, ...(read.hasCodes ? { errorCode } : {}) });
  }

  private namesOf(param: Param): string[] {
    if (typeof param === 'string') return [param];
    const { minor } = this.dialect;
    return [
      ...(minor >= param.since ? [param.name] : []),
      ...(minor <= param.until ? [param.old] : []),
    ];
  }

  /** The name under which a parameter is sent; undefined if it is not. */
  private sentName(param: Param): string {
    const names = this.namesOf(param);
    return names.find(name => name in this.params) ?? names[0]!;
  }

  private refuseBothNames(param: Param): void {
    const sent = this.namesOf(param).filter(name => this.params[name]?.some(text => text !== ''));
    if (typeof param === 'string' || sent.length < 2) return;
    throw this.bad(
      `Only one parameter of '${param.old}' and '${param.name}' must be specified. Prefer '${param.name}' as '${param.old}' will be removed.`,
    );
  }

  private checkUid(param: Param, id: string): string {
    if (!this.dialect.tracker.checksUids || isUid(id)) return id;
    throw this.invalid(
      param,
      `UID must be an alphanumeric string of 11 characters starting with a letter, but was: ${id}`,
      id,
    );
  }

  private invalid(param: Param, rule: string, value = this.text(param)): Refusal {
    const name = this.sentName(param);
    return new Refusal(400, {
      message: `Value '${value}' is not valid for parameter ${name}. ${rule}`,
    });
  }
}
