import { readMark } from '#common/identity/marks.js';
import type { Rejected } from '#common/reporting/report.js';
import type { GoDataClient } from '#godata/client/client.js';
import { isRecord } from '#godata/client/records/assert-record.js';
import type { PersonPath } from '../plan/planned-person.js';
import type { RelatedCreate } from '../plan/related-plan.js';
import { readLabResults } from '../read/existing-related.js';
import { attempt, isRefusal } from './refusals.js';

/** Creates lab results of one person. A refused one becomes a row of the report. */
export type CreateLabResults = (
  creates: readonly RelatedCreate[],
  rejected: Rejected[],
) => Promise<void>;

/**
 * Creates lab results, those of a person in one request. In such a list each must name its outbreak:
 * the server adds it to a single one only (outbreak.js:1651). When one of them is invalid, the server
 * keeps the valid ones and answers only with status 500, as for every list (godata FACTS §5.8). Then
 * the person's lab results are read, and those that are not among them are sent one by one, so that
 * each gets its own error. If a server keeps none of a list, no further list is sent.
 */
export function createLabResultWriter(client: GoDataClient, outbreakId: string): CreateLabResults {
  const outbreak = client.outbreak(outbreakId);
  let takesLists = true;

  async function sendOneByOne(creates: readonly RelatedCreate[], rejected: Rejected[]) {
    for (const { at, key, record } of creates) {
      const { labResults } = outbreak.person(at.path, at.id);
      await attempt('lab result', key, rejected, () => labResults.create(record));
    }
  }

  /** @returns whether all of them exist now */
  async function sendTogether(path: PersonPath, id: string, creates: readonly RelatedCreate[]) {
    const person = `/outbreaks/${encodeURIComponent(outbreakId)}/${path}/${encodeURIComponent(id)}`;
    const body = creates.map(({ record }) => ({ ...record, outbreakId }));
    try {
      const request = { method: 'POST', path: `${person}/lab-results`, body } as const;
      const answer = await client.request(request);
      return Array.isArray(answer) && answer.filter(isRecord).length === creates.length;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw error;
    }
  }

  return async (creates, rejected) => {
    const [first] = creates;
    if (!first || creates.length === 1 || !takesLists) return sendOneByOne(creates, rejected);
    const { path, id } = first.at;
    if (await sendTogether(path, id, creates)) return;
    const stored = await readLabResults(client, outbreakId, [id]);
    const present = stored.filter(({ deleted }) => !deleted);
    const marks = new Set(present.map(({ notes }) => readMark(notes)));
    const missing = creates.filter(({ key }) => !marks.has(key));
    if (missing.length === creates.length) takesLists = false;
    await sendOneByOne(missing, rejected);
  };
}
