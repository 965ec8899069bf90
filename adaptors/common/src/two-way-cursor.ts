import type { PeopleCursor, TwoWayCursor } from './outbreak-people-batch.js';
import type { TrackerCursor } from './tracked-entity-batch.js';

/** The cursor after a run from DHIS2, with that of the way back as it was. */
export function fromDhis2(own: TrackerCursor, former: TwoWayCursor | undefined): TwoWayCursor {
  return { ...own, ...(former?.people ? { people: former.people } : {}) };
}

/** The cursor after a run from Go.Data, with that of the way back as it was. */
export function fromGoData(own: PeopleCursor, former: TwoWayCursor | undefined): TwoWayCursor {
  return { ...former, people: own };
}

/** Whether one of the ways has left changes behind. */
export function isUnderWay({ people = {}, ...tracker }: TwoWayCursor): boolean {
  const { cases, contacts, isPartial } = tracker;
  const positions = [
    cases,
    contacts,
    people.people,
    people.relationships,
    people.labResults,
    people.followUps,
  ];
  return isPartial === true || positions.some(position => position?.underWay);
}
