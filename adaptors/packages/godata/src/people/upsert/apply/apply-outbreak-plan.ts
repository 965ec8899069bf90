import type { Adjusted, Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { OutbreakPlan } from '../plan/plan-outbreak.js';
import type { PersonPath } from '../plan/planned-person.js';
import type { RelatedPlan } from '../plan/related-plan.js';
import { applyLabResults, applyRelationships } from './apply-related.js';
import { createContacts } from './create-contacts.js';
import { createPeople } from './create-people.js';
import { deletePeople } from './delete-people.js';
import { attempt } from './refusals.js';
import { removeDoubles } from './remove-doubles.js';
import { updatePeople } from './update-people.js';

/**
 * Applies a plan in one outbreak: cases before the contacts whom they exposed, people before their
 * related records, deletions last.
 *
 * @returns the refused records, by kind and id in the source, and those that Go.Data stored twice
 */
export async function applyOutbreakPlan(
  client: GoDataClient,
  outbreakId: string,
  plan: OutbreakPlan,
): Promise<{ rejected: Rejected[]; adjusted: Adjusted[] }> {
  const rejected: Rejected[] = [];
  const { people, relationships, labResults } = plan;
  const created = (path: PersonPath) => people.creates.filter(one => one.path === path);
  const cases = await createPeople(client, outbreakId, 'cases', created('cases'), rejected);
  await assignVisualIds(client, outbreakId, 'cases', plan, cases, rejected);
  for (const { id, person } of people.converts) {
    const path = `/outbreaks/${encodeURIComponent(outbreakId)}/contacts/${encodeURIComponent(id)}/convert-to-case`;
    await attempt(person.kind, person.id, rejected, () =>
      client.request({ method: 'POST', path, body: {} }),
    );
  }
  for (const path of ['cases', 'contacts'] as const) {
    const updates = people.updates.filter(one => one.path === path);
    await updatePeople(client, outbreakId, path, updates, rejected);
  }
  const isNew = new Set(people.creates.map(({ id }) => id));
  const isThere = (id: string) => cases.has(id) || !isNew.has(id);
  const exposures = relationships.creates.filter(({ at }) => isThere(at.id));
  const { done, written } = await createContacts(
    client,
    outbreakId,
    created('contacts'),
    exposures,
    rejected,
  );
  await assignVisualIds(client, outbreakId, 'contacts', plan, done, rejected);
  const missing = new Set(
    people.creates.map(({ id }) => id).filter(id => !cases.has(id) && !done.has(id)),
  );
  await applyRelationships(
    client,
    outbreakId,
    withoutMissing(relationships, missing),
    written,
    rejected,
  );
  await applyLabResults(client, outbreakId, withoutMissing(labResults, missing), rejected);
  const adjusted = await removeDoubles(client, outbreakId, plan, rejected);
  await deletePeople(client, outbreakId, people.deletes, rejected);
  return { rejected, adjusted };
}

/**
 * Lets Go.Data assign visual ids to new people. This happens after they are created: Go.Data gives
 * the same number twice to records that are created at once (godata FACTS §5.2), but it handles a
 * bulk update record by record (§7).
 */
async function assignVisualIds(
  client: GoDataClient,
  outbreakId: string,
  path: PersonPath,
  { people, visualIds }: OutbreakPlan,
  ids: ReadonlySet<string>,
  rejected: Rejected[],
): Promise<void> {
  const visualId = visualIds[path];
  if (visualId === undefined) return;
  const updates = people.creates
    .filter(({ id, record }) => ids.has(id) && record.visualId === undefined)
    .map(({ id, person }) => ({ id, person, changes: { visualId } }));
  await updatePeople(client, outbreakId, path, updates, rejected);
}

/** Removes the related records of people who were refused. They wait for the person. */
function withoutMissing(plan: RelatedPlan, missing: ReadonlySet<string>): RelatedPlan {
  const isPossible = ({ at, other }: RelatedPlan['creates'][number]) =>
    !missing.has(at.id) && !(other && missing.has(other.id));
  return { ...plan, creates: plan.creates.filter(isPossible) };
}
