import type { RestAccess } from '#dhis2/client/rest/request.js';
import type { Metadata } from '../check/read-metadata.js';
import type { ResolvedUpsert } from '../options.js';
import type { PersonPlan, PlannedObject } from '../plan/person-plan.js';
import { correctPerson } from '../refused/correct-person.js';
import { foresee } from '../refused/foresee.js';
import type { Outcome } from './outcome.js';
import type { Group } from './pack.js';
import { reserveValues } from './reserve-values.js';
import { sendGroups } from './send.js';
import { removeStandIns, standIn } from './stand-in.js';
import { uniqueKeys } from './unique-keys.js';

/** What sending people needs. */
export interface PeopleContext {
  access: RestAccess;
  metadata: Metadata;
  options: ResolvedUpsert;
  /** The attribute that holds the Go.Data id. */
  linkAttribute: string | undefined;
  /** The server's day, `yyyy-MM-dd`. */
  today: string;
  /** Go.Data ids of people that an earlier run has rejected. */
  suspects: ReadonlySet<string>;
}

const STRATEGY = 'CREATE_AND_UPDATE';

/**
 * Writes people, each whole or not at all. What DHIS2 will surely refuse is not sent at all. People
 * that an earlier run has rejected are first asked about (`importMode=VALIDATE`), so that a run
 * that changes nothing sends nothing to store.
 */
export async function sendPeople(
  context: PeopleContext,
  people: readonly PersonPlan[],
): Promise<Map<PlannedObject, Outcome>> {
  const { access, metadata } = context;
  const { outcomes, left } = foreseeRefusals(context, people);
  const isSuspect = (one: PersonPlan) => context.suspects.has(one.entity.id);
  const asked = people.filter(isSuspect).flatMap(one => left.get(one) ?? []);
  for (const group of asked) for (const object of group) standIn(object);
  const tried = await sendGroups(access, STRATEGY, asked, {
    ...send(context),
    label: 'people that were rejected before',
    isRehearsal: true,
  });
  for (const group of asked) for (const object of group) removeStandIns(object);
  const isOpen = (object: PlannedObject) => (tried.get(object)?.state ?? 'taken') === 'taken';
  const groups = people.map(one => (left.get(one)?.[0] ?? []).filter(isOpen));
  await reserveValues(access.client, groups, metadata.definitionOf);
  const sent = await sendGroups(access, STRATEGY, groups, {
    ...send(context),
    label: 'tracked entities',
  });
  return new Map([...outcomes, ...tried, ...sent]);
}

/**
 * Asks DHIS2 what it would refuse of people, without storing anything. An attribute that DHIS2
 * generates gets the UID of its object instead of a reserved value.
 */
export async function rehearsePeople(
  context: PeopleContext,
  people: readonly PersonPlan[],
): Promise<Map<PlannedObject, Outcome>> {
  const { outcomes, left } = foreseeRefusals(context, people);
  const groups = people.flatMap(one => left.get(one) ?? []);
  for (const object of groups.flat()) standIn(object);
  const tried = await sendGroups(context.access, STRATEGY, groups, {
    ...send(context),
    label: 'dry run: tracked entities',
    isRehearsal: true,
  });
  return new Map([...outcomes, ...tried]);
}

function send({ options, metadata, linkAttribute }: PeopleContext) {
  return {
    ...options,
    keysOf: uniqueKeys(metadata),
    correct: (group: Group, outcomes: ReadonlyMap<PlannedObject, Outcome>) =>
      correctPerson(
        group,
        object => {
          const outcome = outcomes.get(object);
          return outcome?.state === 'refused' ? outcome.errors : undefined;
        },
        { metadata, linkAttribute },
      ),
  };
}

/** What remains of people without what DHIS2 will surely refuse: at most one group for each. */
function foreseeRefusals(context: PeopleContext, people: readonly PersonPlan[]) {
  const outcomes = new Map<PlannedObject, Outcome>();
  const left = new Map<PersonPlan, Group[]>();
  for (const one of people) {
    const group = one.objects.filter(({ change }) => change !== 'delete');
    const errors = new Map(group.map(object => [object, foresee(object, context)]));
    const corrected = correctPerson(group, object => errors.get(object), context);
    for (const [object, outcome] of corrected.outcomes) outcomes.set(object, outcome);
    if (corrected.group.length > 0) left.set(one, [corrected.group]);
  }
  return { outcomes, left };
}
