import type { PlannedObject } from '../plan/person-plan.js';
import type { BatchPlan } from '../plan/plan-batch.js';
import { DELETED_UID, FOREIGN_UID } from './codes.js';
import { divide, divideDoomed, divideHeld, isEntity } from './divide.js';
import { hasUidOf, type Outcome, parentsOf } from './outcome.js';
import { type SendOptions, sendGroups } from './send.js';
import { type PeopleContext, rehearsePeople } from './send-people.js';

/** DHIS2's answer to a plan of which nothing is written. */
export interface Rehearsed {
  outcomes: Map<PlannedObject, Outcome>;
  /** UIDs that DHIS2 reports as deleted: what is planned with them must be planned again. */
  usedUp: string[];
  /** UIDs that objects of other people have: the same. */
  foreign: string[];
  /** Number of requests for it. */
  requests: number;
  /**
   * Objects that only a run that writes can show: relationships of new people, relationships that
   * replace others, tracked entities to delete.
   */
  notAsked: number;
}

/**
 * Asks DHIS2 what it would refuse of a plan, and what it would warn about, rules included
 * (`importMode=VALIDATE`); nothing is stored. The requests are the same as in a run that writes,
 * with each person whole in one of them. No values are reserved: an attribute that DHIS2 generates
 * gets the UID of its object instead.
 *
 * Three things cannot be asked: a relationship of a new person, whose end does not exist yet
 * (E4012), one that replaces another between the same two (E4018), and the deletion of a tracked
 * entity whose enrollments are deleted before it (E1100).
 */
export async function rehearsePlan(
  context: PeopleContext,
  { people, relationships }: BatchPlan,
): Promise<Rehearsed> {
  const { access, options } = context;
  const before = access.client.requests;
  const send = (label: string): SendOptions => ({
    ...options,
    label: `dry run: ${label}`,
    isRehearsal: true,
  });
  const writes = people.map(({ objects }) => objects.filter(({ change }) => change !== 'delete'));
  const written = await rehearsePeople(context, people);
  const { orphans, parted, possible } = divide(relationships, written);
  const fresh = new Set(
    writes.flat().flatMap(({ kind, change, uid }) => {
      return kind === 'trackedEntities' && change === 'create' ? [uid] : [];
    }),
  );
  const known = possible.filter(
    ([object]) => !object!.isAfterDeletion && !parentsOf(object!).some(uid => fresh.has(uid)),
  );
  const linked = await sendGroups(access, 'CREATE_AND_UPDATE', known, send('relationships'));
  const [held, others] = divideHeld(people, written);
  const doomed = others.map(({ objects }) => objects.filter(({ change }) => change === 'delete'));
  const parts = [...parted, ...doomed.map(objects => objects.filter(one => !isEntity(one)))];
  const gone = await sendGroups(access, 'DELETE', parts, send('deletions'));
  const kept = divideDoomed(doomed, gone).orphans;
  const asked = new Map([...written, ...orphans, ...linked, ...held, ...gone, ...kept]);
  const planned = [...people, ...relationships].flatMap(({ objects }) => objects);
  return {
    outcomes: new Map([...asked].filter(one => !hasCode(one, DELETED_UID) && !isForeign(one))),
    usedUp: [...asked].flatMap(one => (hasCode(one, DELETED_UID) ? [one[0].uid] : [])),
    foreign: [...asked].flatMap(one => (isForeign(one) ? [one[0].uid] : [])),
    requests: access.client.requests - before,
    notAsked: planned.filter(object => !asked.has(object)).length,
  };
}

type Asked = readonly [PlannedObject, Outcome];

function hasCode([, outcome]: Asked, codes: ReadonlySet<string>): boolean {
  const errors = outcome.state === 'refused' ? outcome.errors : [];
  return errors.some(({ errorCode = '' }) => codes.has(errorCode));
}

function isForeign(one: Asked): boolean {
  return one[0].change === 'create' && (hasCode(one, FOREIGN_UID) || hasUidOf(one[1]));
}
