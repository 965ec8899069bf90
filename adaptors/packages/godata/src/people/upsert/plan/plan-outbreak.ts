import type {
  MappedPeopleBatch,
  MappedRelationship,
} from '#common/handover/mapped-people-batch.js';
import { readAgainIfEmpty } from '#common/http/index.js';
import type { Judge } from '#common/ownership/index.js';
import type { LeftOutLedger } from '#common/reporting/left-out.js';
import type { GoDataClient } from '#godata/client/client.js';
import { assignsNumbers, templateOf } from '#godata/client/records/masks.js';
import type { TargetOutbreak } from '../outbreaks/choose-outbreaks.js';
import { readExistingPeople } from '../read/existing-people.js';
import { readLabResults, readRelationships } from '../read/existing-related.js';
import { findLastExposures, keepLastExposures } from './keep-last-exposures.js';
import { planLabResults } from './plan-lab-results.js';
import { otherEnds, planPeople } from './plan-people.js';
import { planRelationships } from './plan-relationships.js';
import type { PeoplePlan, PlannedPerson } from './planned-person.js';
import type { RelatedPlan, RelationshipPlan } from './related-plan.js';

/** All changes in one outbreak. */
export interface OutbreakPlan {
  outbreak: TargetOutbreak;
  people: PeoplePlan;
  relationships: RelationshipPlan;
  labResults: RelatedPlan;
  /**
   * The value to send to get the next visual id, for kinds with visual ids that Go.Data assigns.
   */
  visualIds: { cases?: string; contacts?: string };
}

const DISCARDED = 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_NOT_A_CASE_DISCARDED';

/**
 * Reads the existing records of a batch in one outbreak, and makes the plan. It reads many people
 * in one request, and no related records of new people.
 *
 * @param batch with the people for whom a relationship waits
 */
export async function planOutbreak(
  client: GoDataClient,
  outbreak: TargetOutbreak,
  batch: MappedPeopleBatch & { awaited: ReadonlySet<string> },
  wanted: readonly MappedRelationship[],
  assignsVisualIds: boolean,
  judge: Judge,
  leftOut: LeftOutLedger,
): Promise<OutbreakPlan> {
  const { people } = outbreak;
  const id = outbreak.existing?.id;
  const asked = [...people, ...otherEnds(people, wanted).map(end => ({ id: end }))];
  const existing = id ? await readExistingPeople(client, id, asked) : { find: () => [] };
  const visualIds = assignsVisualIds ? visualIdTemplates(outbreak) : {};
  const plan = planPeople(people, wanted, existing, {
    whenDeleted: batch.whenDeleted,
    vaccines: new Set(batch.vaccines),
    visualIdOf: path => visualIds[path],
    awaited: batch.awaited,
    owners: batch.owners,
    judge,
  });
  const notDeleted = people.filter(({ deleted }) => !deleted);
  const complete = new Set(notDeleted.map(person => person.id));
  const present = [...plan.planned.values()].filter(one => one.existing);
  const presentIds = present.map(one => one.id);
  const own = present.filter(({ person }) => complete.has(person.id));
  const allowed = wanted.filter(
    one =>
      !isBetweenContacts(one, plan.planned, leftOut) &&
      !isOfDiscardedCase(one, plan.planned, leftOut),
  );
  const isRelated = present.some(({ existing }) => existing?.hasRelationships === true);
  const related = id
    ? await readAgainIfEmpty(isRelated, () => readRelationships(client, id, presentIds))
    : [];
  const relationships = planRelationships(allowed, related, plan.planned, complete, batch);
  const exposures = findLastExposures(relationships, related, plan);
  if (id && exposures.length > 0) {
    const contacts = [...new Set(exposures.map(({ contact }) => contact))];
    const all = await readRelationships(client, id, contacts);
    plan.adjusted.push(...keepLastExposures(relationships, exposures, all));
  }
  const tested = withListedLabResults([...plan.planned.values()], outbreak, complete, leftOut);
  const listed = own.filter(one => tested.includes(one)).map(one => one.id);
  const labResults = planLabResults(
    tested,
    id ? await readLabResults(client, id, listed) : [],
    batch.server,
  );
  return { outbreak, people: plan, relationships, labResults, visualIds };
}

function visualIdTemplates({ existing, create }: TargetOutbreak): OutbreakPlan['visualIds'] {
  const { caseIdMask, contactIdMask } = (existing ?? create ?? {}) as Record<string, unknown>;
  const template = (mask: unknown) =>
    typeof mask === 'string' && assignsNumbers(mask) ? templateOf(mask) : undefined;
  return { cases: template(caseIdMask), contacts: template(contactIdMask) };
}

/**
 * Whether both people are contacts. The mapping checks this too, but it does not know the kind of
 * people outside the batch.
 */
function isBetweenContacts(
  { source, target }: MappedRelationship,
  planned: ReadonlyMap<string, PlannedPerson>,
  leftOut: LeftOutLedger,
): boolean {
  const isBetween = [source, target].every(end => planned.get(end)?.path === 'contacts');
  if (isBetween) leftOut.add('between-contacts', '');
  return isBetween;
}

/**
 * Whether a person is a discarded case: Go.Data refuses relationships of discarded cases (godata
 * FACTS §2.3).
 */
function isOfDiscardedCase(
  { source, target }: MappedRelationship,
  planned: ReadonlyMap<string, PlannedPerson>,
  leftOut: LeftOutLedger,
): boolean {
  const isDiscarded = [source, target].some(
    end => planned.get(end)?.record.classification === DISCARDED,
  );
  if (isDiscarded) leftOut.add('relationship-of-discarded-case', '');
  return isDiscarded;
}

/** Removes contacts when the outbreak does not list lab results of contacts (FACTS §2.4). */
function withListedLabResults(
  planned: readonly PlannedPerson[],
  { existing, create }: TargetOutbreak,
  complete: ReadonlySet<string>,
  leftOut: LeftOutLedger,
): PlannedPerson[] {
  const { isContactLabResultsActive = false } = (existing ?? create ?? {}) as Record<
    string,
    unknown
  >;
  return planned.filter(({ path, person }) => {
    if (!complete.has(person.id)) return false;
    if (path === 'cases' || isContactLabResultsActive) return true;
    if (person.labResults.length > 0) {
      leftOut.add('contact-lab-results-off', '', person.labResults.length);
    }
    return false;
  });
}
