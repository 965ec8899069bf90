import type { ApiRequest } from '#common/http/index.js';

type Query = NonNullable<ApiRequest['query']>;

/** What Tracker answers to a request for tracked entities. */
export interface TrackerAnswer {
  instances?: unknown;
  trackedEntities?: unknown;
  total?: number;
  pager?: { total?: number };
}

/** How tracked entities are asked for, by version (dhis2 FACTS §4.2). */
export interface TrackerDialect {
  /** Only these tracked entities. */
  withIds(ids: readonly string[]): Query;
  /** Only what is owned at or below these org units. */
  below(orgUnits: readonly string[]): Query;
  /** All that the account may see; undefined where its org units must be named. */
  everywhere: Query | undefined;
  /**
   * The order of changes, the oldest first. Up to 2.40 those of one `updatedAt` have no order of their
   * own and could change places between pages; later versions give them one, and 2.43 refuses any
   * order with `trackedEntity` (dhis2 LIVE, "Order", 228).
   */
  changeOrder: string;
  /**
   * Whether a list with deleted tracked entities may show relationships: 2.41 answers 404 as soon as
   * one of them leads to a deleted one (dhis2 LIVE, "2.40.12 and 2.41.9.1").
   */
  showsDeletedRelationships: boolean;
  /** The list in an answer, whatever it is. */
  listIn(answer: TrackerAnswer): unknown;
  /** How many there are in all, if the request has asked for it. */
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

/** It still knows the old names; 2.42 does not. */
const OF_2_41: TrackerDialect = { ...SINCE_2_42, showsDeletedRelationships: false };

/** @param minor the number behind "2." in the server's version */
export function trackerDialect(minor: number): TrackerDialect {
  if (minor <= 40) return UP_TO_2_40;
  return minor === 41 ? OF_2_41 : SINCE_2_42;
}
