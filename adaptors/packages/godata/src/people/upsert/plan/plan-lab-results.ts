import { getOrCreate } from '#common/collections/get-or-create.js';
import type { MappedLabResult } from '#common/handover/mapped-people-batch.js';
import { readMark, withMark } from '#common/identity/marks.js';
import { labResultEvent, uidsOf } from '#common/identity/uid.js';
import type { LabResultRecord } from '#godata/client/types/index.js';
import { diffMarked, withoutEmpty } from './diff-marked.js';
import type { PlannedPerson } from './planned-person.js';
import { addExisting, emptyRelatedPlan, keepOne, type RelatedPlan } from './related-plan.js';

/**
 * Compares the lab results of people with those on the server, by their marks. Go.Data owns a lab
 * result that DHIS2 got from Go.Data: it is not changed, deleted or not.
 *
 * @param existing also deleted ones
 * @param server name of the Go.Data server
 */
export function planLabResults(
  people: readonly PlannedPerson[],
  existing: readonly LabResultRecord[],
  server: string,
): RelatedPlan {
  const plan = emptyRelatedPlan();
  const byPerson = new Map<string, Map<string, LabResultRecord[]>>();
  const ownedByGoData = new Set<string>();
  for (const one of existing) {
    const key = readMark(one.notes);
    if (key === undefined)
      for (const uid of uidsOf(labResultEvent(server, one.id))) ownedByGoData.add(uid);
    if (key === undefined || one.deleted) continue;
    const own = getOrCreate(byPerson, String(one.personId), () => new Map());
    getOrCreate(own, key, () => [] as LabResultRecord[]).push(one);
  }
  for (const at of people) {
    const all = byPerson.get(at.id) ?? new Map<string, LabResultRecord[]>();
    const own = new Map(
      [...all].map(([key, records]) => [key, keepOne(plan, 'lab result', { at, key }, records)]),
    );
    for (const result of at.person.labResults) {
      if (ownedByGoData.has(result.key)) plan.unchanged += 1;
      else planLabResult(plan, at, result, own.get(result.key));
    }
    const keys = new Set(at.person.labResults.map(({ key }) => key));
    for (const [key, { id }] of own) if (!keys.has(key)) plan.changes.push({ at, key, id });
  }
  return plan;
}

function planLabResult(
  plan: RelatedPlan,
  at: PlannedPerson,
  { key, fields }: MappedLabResult,
  found: LabResultRecord | undefined,
): void {
  if (found) addExisting(plan, { at, key, id: found.id }, diffMarked(found, fields, 'notes', key));
  else {
    const record = withoutEmpty({ ...fields, notes: withMark(fields.notes, key) });
    plan.creates.push({ at, key, record });
  }
}
