import type { ApiRequest } from '#common/http/index.js';

type Query = NonNullable<ApiRequest['query']>;

/** Tracker's answer to a request for tracked entities. */
export interface TrackerAnswer {
  instances?: unknown;
  trackedEntities?: unknown;
  total?: number;
  pager?: { total?: number };
}

/** How tracked entities are requested, by version (dhis2 FACTS §4.2). */
export interface TrackerDialect {
  /** Only these tracked entities. */
  withIds(ids: readonly string[]): Query;
  /** Only those that belong to these org units or to org units below them. */
  below(orgUnits: readonly string[]): Query;
  /** All that the account may see; undefined if its org units must be named. */
  everywhere: Query | undefined;
  /**
   * The order by change, oldest first. Up to 2.40, tracked entities with the same `updatedAt` have
   * no fixed order and can change places between pages. Later versions order them, and 2.43 refuses
   * any order with `trackedEntity` (dhis2 LIVE, "Order", 228).
   */
  changeOrder: string;
  /**
   * Whether a list that includes deleted tracked entities may show relationships. 2.41 answers 404
   * as soon as one of them leads to a deleted tracked entity (dhis2 LIVE, "2.40.12 and 2.41.9.1").
   */
  showsDeletedRelationships: boolean;
  /** The list in an answer, whatever its name. */
  listIn(answer: TrackerAnswer): unknown;
  /** The total number, if the request asked for it. */
  totalIn(answer: TrackerAnswer): number | undefined;
}

const UP_TO_2_40: TrackerDialect = {
  withIds: ids => ({ trackedEntity: ids.join(';') }),
  below: orgUnits => ({ orgUnit: orgUnits.join(';'), ouMode: 'DESCENDANTS' }),
  everywhere: undefined,
  changeOrder: 'updatedAt:asc,trackedEntity:asc',
  showsDeletedRelationships: true,
  listIn: ({ instances }) => instances,
  totalIn: ({ total }) => total,
};

const SINCE_2_42: TrackerDialect = {
  withIds: ids => ({ trackedEntities: ids.join(',') }),
  below: orgUnits => ({ orgUnits: orgUnits.join(','), orgUnitMode: 'DESCENDANTS' }),
  everywhere: { orgUnitMode: 'ACCESSIBLE' },
  changeOrder: 'updatedAt:asc',
  showsDeletedRelationships: true,
  listIn: ({ trackedEntities }) => trackedEntities,
  totalIn: ({ pager }) => pager?.total,
};

/** 2.41 still accepts the old names; 2.42 does not. */
const OF_2_41: TrackerDialect = { ...SINCE_2_42, showsDeletedRelationships: false };

/** @param minor the number after "2." in the server's version */
export function trackerDialect(minor: number): TrackerDialect {
  if (minor <= 40) return UP_TO_2_40;
  return minor === 41 ? OF_2_41 : SINCE_2_42;
}
