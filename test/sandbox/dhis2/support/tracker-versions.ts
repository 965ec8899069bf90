import type { Answer } from './client.js';

/**
 * How to request lists of Tracker from a version, and the form of its answers (dhis2 FACTS §4.2).
 */
interface TrackerVersion {
  orgUnits: string;
  mode: string;
  trackedEntities: string;
  separator: string;
  status: string;
  pagingOff: string;
  key: (kind: string) => string;
  pager: (body: Answer['body']) => object;
  bad: number;
  forbidden: number;
  hasDefaultScope: boolean;
}

const OLD: TrackerVersion = {
  orgUnits: 'orgUnit',
  mode: 'ouMode',
  trackedEntities: 'trackedEntity',
  separator: ';',
  status: 'programStatus',
  pagingOff: 'skipPaging=true',
  key: () => 'instances',
  pager: ({ instances: _instances, ...pager }) => pager,
  bad: 409,
  forbidden: 409,
  hasDefaultScope: false,
};

const NEW: TrackerVersion = {
  orgUnits: 'orgUnits',
  mode: 'orgUnitMode',
  trackedEntities: 'trackedEntities',
  separator: ',',
  status: 'enrollmentStatus',
  pagingOff: 'paging=false',
  key: kind => kind,
  pager: ({ pager }) => pager,
  bad: 400,
  forbidden: 403,
  hasDefaultScope: true,
};

export const TRACKER_VERSIONS: Readonly<Record<string, TrackerVersion>> = {
  '2.38': OLD,
  '2.40': OLD,
  '2.41': { ...NEW, status: 'programStatus' },
  '2.42': NEW,
  '2.43': NEW,
  '2.44': NEW,
};
