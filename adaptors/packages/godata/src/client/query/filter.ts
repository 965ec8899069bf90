/**
 * A condition on records, in LoopBack's syntax: `{ classification: { inq: [...] } }` (FACTS §3).
 */
export type Where = { [field: string]: unknown };

/** A Go.Data filter (FACTS §3). */
export interface Filter {
  where?: Where;
  /** Properties to read, or `{ name: false }` for all except some. */
  fields?: string[] | Record<string, boolean>;
  order?: string | string[];
  limit?: number;
  skip?: number;
  /** Relations to read with the records. */
  include?: unknown;
  /** Whether to read deleted records too. */
  deleted?: boolean;
  /** Go.Data's own options: `retrieveCreatedUpdatedBy`, `'where.relationship'`... */
  [other: string]: unknown;
}

/** The value of the query parameter `filter`. */
export function filterToQuery(filter: Filter): string {
  return JSON.stringify(filter);
}

/**
 * Combines conditions: a record must match all of them. Conditions that are undefined are omitted.
 */
export function allOf(...conditions: (Where | undefined)[]): Where {
  const given = conditions.filter(condition => condition && Object.keys(condition).length > 0);
  if (given.length <= 1) return given[0] ?? {};
  return { and: given };
}

/**
 * The condition for records with a date in a range of days, or with no date: records with no date
 * must be read to be reported. "No date" needs two conditions, because the server stores it as null
 * or not at all.
 *
 * @param from first day, `yyyy-MM-dd`, or null for no bound
 * @param before the day after the last day, or null for no bound
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

/**
 * The condition for records with a date outside a range of days: the complement of {@link
 * datedWithin}.
 */
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
