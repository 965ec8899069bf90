import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import type { RelatedPlan } from '../plan/related-plan.js';
import { attempt } from './refusals.js';

/**
 * Writes relationships. The server has no bulk request for them, so each needs its own request. The
 * person in the address is the source (godata FACTS §2.3).
 *
 * @param written ids in the source of relationships that were written together with a contact
 */
export async function applyRelationships(
  client: GoDataClient,
  outbreakId: string,
  { creates, changes, doubles }: RelatedPlan,
  written: ReadonlySet<string>,
  rejected: Rejected[],
): Promise<void> {
  const outbreak = client.outbreak(outbreakId);
  const act = createProgress('relationships', creates.length + changes.length + doubles.length);
  for (const { at, other, key, record } of creates) {
    if (written.has(key)) continue;
    const { relationships } = outbreak.person(at.path, at.id);
    const body = { ...record, persons: [{ id: other!.id }] };
    await act(() => attempt('relationship', key, rejected, () => relationships.create(body)));
  }
  for (const { at, key, id, changes: changed } of [...changes, ...doubles]) {
    const { relationships } = outbreak.person(at.path, at.id);
    const write = () => (changed ? relationships.update(id, changed) : relationships.remove(id));
    await act(() => attempt('relationship', key, rejected, write));
  }
}

/** Writes lab results. The server has no bulk request for them, so each needs its own request. */
export async function applyLabResults(
  client: GoDataClient,
  outbreakId: string,
  { creates, changes, doubles }: RelatedPlan,
  rejected: Rejected[],
): Promise<void> {
  const outbreak = client.outbreak(outbreakId);
  const act = createProgress('lab results', creates.length + changes.length + doubles.length);
  for (const { at, key, record } of creates) {
    const { labResults } = outbreak.person(at.path, at.id);
    await act(() => attempt('lab result', key, rejected, () => labResults.create(record)));
  }
  for (const { at, key, id, changes: changed } of [...changes, ...doubles]) {
    const { labResults } = outbreak.person(at.path, at.id);
    const write = () => (changed ? labResults.update(id, changed) : labResults.remove(id));
    await act(() => attempt('lab result', key, rejected, write));
  }
}

function createProgress(label: string, total: number) {
  let done = 0;
  return async (act: () => Promise<unknown>) => {
    await act();
    done += 1;
    if (done % 50 === 0 || done === total) console.log(formatProgress({ label, done, total }));
  };
}
