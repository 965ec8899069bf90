/** A condition on records, in LoopBack's words: `{ classification: { inq: [...] } }` (FACTS §3). */
export type Where = { [field: string]: unknown };

/** A Go.Data filter (FACTS §3). */
export interface Filter {
  where?: Where;
  /** Properties to ask for, or `{ name: false }` for all but some. */
  fields?: string[] | Record<string, boolean>;
  order?: string | string[];
  limit?: number;
  skip?: number;
  /** Relations to bring along. */
  include?: unknown;
  /** Deleted records as well. */
  deleted?: boolean;
  /** Go.Data has switches of its own: `retrieveCreatedUpdatedBy`, `'where.relationship'`... */
  [other: string]: unknown;
}

/** The filter as the one query parameter that carries it. */
export function filterToQuery(filter: Filter): string {
  return JSON.stringify(filter);
}

/** All of these conditions at once; undefined ones are left out. */
export function allOf(...conditions: (Where | undefined)[]): Where {
  const given = conditions.filter(condition => condition && Object.keys(condition).length > 0);
  if (given.length <= 1) return given[0] ?? {};
  return { and: given };
}

/**
 * Records dated within days, or not dated at all: those without a date must be read, to be reported.
 * "Not dated" takes two conditions, since it is stored both as null and as nothing.
 *
 * @param from first day, `yyyy-MM-dd`, or null for no bound
 * @param before the day after the last, or null for no bound
 */
export function datedWithin(
  field: string,
  from: string | null,
  before: string | null,
): Where | undefined {
  if (from === null && before === null) return undefined;
  return {
    or: [
      {
        [field]: {
          ...(from ? { gte: midnight(from) } : {}),
          ...(before ? { lt: midnight(before) } : {}),
        },
      },
      { [field]: null },
      { [field]: { exists: false } },
    ],
  };
}

/** Records dated outside days: the complement of {@link datedWithin}. */
export function datedOutside(field: string, from: string | null, before: string | null): Where {
  return {
    or: [
      ...(from ? [{ [field]: { lt: midnight(from) } }] : []),
      ...(before ? [{ [field]: { gte: midnight(before) } }] : []),
    ],
  };
}

function midnight(day: string): string {
  return `${day}T00:00:00.000Z`;
}
