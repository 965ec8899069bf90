import type { ApiRequest } from '../../../../common/src/http/index.js';

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
  /** The list in an answer, whatever it is. */
  listIn(answer: TrackerAnswer): unknown;
  /** How many there are in all, if the request has asked for it. */
  totalIn(answer: TrackerAnswer): number | undefined;
}

const UP_TO_2_40: TrackerDialect = {
  withIds: ids => ({ trackedEntity: ids.join(';') }),
  below: orgUnits => ({ orgUnit: orgUnits.join(';'), ouMode: 'DESCENDANTS' }),
  everywhere: undefined,
  listIn: ({ instances }) => instances,
  totalIn: ({ total }) => total,
};

/** 2.41 still knows the old names; 2.42 does not. */
const SINCE_2_41: TrackerDialect = {
  withIds: ids => ({ trackedEntities: ids.join(',') }),
  below: orgUnits => ({ orgUnits: orgUnits.join(','), orgUnitMode: 'DESCENDANTS' }),
  everywhere: { orgUnitMode: 'ACCESSIBLE' },
  listIn: ({ trackedEntities }) => trackedEntities,
  totalIn: ({ pager }) => pager?.total,
};

/** @param minor the number behind "2." in the server's version */
export function trackerDialect(minor: number): TrackerDialect {
  return minor >= 41 ? SINCE_2_41 : UP_TO_2_40;
}
