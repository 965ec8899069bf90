import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '../../client/client.js';
import { assertRecord } from '../../client/records/assert-record.js';
import { serverError } from '../../client/server-error.js';
import type { KnownItem } from '../known-items.js';
import type { ItemFields } from '../plan/diff.js';
import type { ReferenceDataPlan } from '../plan/plan-batch.js';
import type { ItemCreate } from '../plan/plan-creates.js';
import type { WantedItem } from '../plan/wanted-item.js';
import { isRefusal, notChanged, refusal } from './refusal.js';

const UPDATE = { method: 'PUT', path: '/reference-data/{id}' } as const;

/** The result of a plan. */
export interface Applied {
  refused: Map<WantedItem | KnownItem, Rejected>;
  /** Ids of new items, made by the server. */
  created: Map<WantedItem, string>;
}

/**
 * Applies a plan, in its order, item by item: after a request with a list, one invalid item hides
 * the result of the others (godata FACTS §5.8). An item that the server refuses is rejected; all
 * others are written.
 */
export async function applyPlan(
  client: GoDataClient,
  { updates, creates, gone }: ReferenceDataPlan,
): Promise<Applied> {
  const applied: Applied = { refused: new Map(), created: new Map() };
  const total = updates.length + creates.length + gone.closing.length;
  let done = 0;

  async function update(
    subject: WantedItem | KnownItem,
    id: string,
    changes: ItemFields,
  ): Promise<void> {
    const answer = await client.updateReferenceItem(id, changes);
    if (answer.status >= 400 && !isRefusal(answer)) throw serverError(UPDATE, answer);
    if (answer.status < 400) assertRecord(UPDATE, answer.body);
    const rejected =
      answer.status >= 400
        ? refusal(rowOf(subject), answer)
        : notChanged(rowOf(subject), changes, answer);
    if (rejected) applied.refused.set(subject, rejected);
  }

  function note(): void {
    done += 1;
    if (done % 100 === 0 || done === total) {
      console.log(formatProgress({ label: 'reference data', done, total }));
    }
  }

  for (const { target, changes } of updates) {
    const { wanted, known } = target;
    // After a refusal, the other changes of the item are skipped: they would leave it half changed.
    if (!applied.refused.has(wanted)) await update(wanted, known!.id, changes);
    note();
  }
  for (const create of creates) {
    const { wanted } = create.target;
    const id = await createItem(client, create, applied);
    if (id !== undefined) applied.created.set(wanted, id);
    if (id !== undefined && create.rename !== undefined) {
      await update(wanted, id, { value: create.rename });
    }
    note();
  }
  for (const item of gone.closing) {
    await update(item, item.id, { active: false });
    note();
  }
  return applied;
}

/** @returns the id of the new item; undefined when it was refused */
async function createItem(
  client: GoDataClient,
  { target: { wanted }, fields, id }: ItemCreate,
  { refused }: Applied,
): Promise<string | undefined> {
  const request = { method: 'POST', path: '/reference-data' } as const;
  const answer = await client.createReferenceItem(fields);
  if (answer.status < 400) {
    if (isJsonObject(answer.body) && typeof answer.body.id === 'string') return answer.body.id;
    throw unexpectedAnswer('Go.Data', request, 'the new item', answer.body);
  }
  if (!isRefusal(answer)) throw serverError(request, answer);
  // When the connection broke after the server had written, the second attempt is refused.
  const [present] = await client.server.referenceData.list({
    where: { id },
    fields: ['code'],
  });
  if (present?.code === fields.code) return present!.id;
  refused.set(wanted, refusal(rowOf(wanted), answer));
  return undefined;
}

/** Kind and id in the report: of the option, or of an item without an option. */
function rowOf(subject: WantedItem | KnownItem) {
  return 'option' in subject
    ? { kind: 'option', id: subject.option }
    : { kind: 'reference data item', id: subject.id };
}
