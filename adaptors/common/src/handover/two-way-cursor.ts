import type { PeopleCursor, TwoWayCursor } from './fetched-people-batch.js';
import type { TrackerCursor } from './fetched-tracked-entity-batch.js';

/** The cursor after the way from DHIS2; the part of the other way stays as it was. */
export function fromDhis2(own: TrackerCursor, former: TwoWayCursor | undefined): TwoWayCursor {
  return { ...own, ...(former?.people ? { people: former.people } : {}) };
}

/** The cursor after the way from Go.Data; the part of the other way stays as it was. */
export function fromGoData(own: PeopleCursor, former: TwoWayCursor | undefined): TwoWayCursor {
  return { ...former, people: own };
}

/**
 * Whether the way from DHIS2 has more to do: changes are waiting, people were written in part, or
 * everybody is to be read again.
 */
export function isFromDhis2UnderWay(cursor: TrackerCursor): boolean {
  const { cases, contacts, isPartial, boundTo } = cursor;
  if (isPartial === true || boundTo?.readAgain === true) return true;
  return [cases, contacts].some(position => position?.underWay);
}
