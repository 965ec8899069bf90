import { type ApiAnswer, isJsonObject } from '#common/http/index.js';

/** The summary of an import of registrations (dhis2 LIVE 187). */
export interface RegistrationSummary {
  status?: string;
  description?: string;
  importCount: { imported?: number; updated?: number; ignored?: number; deleted?: number };
  /** Ignored registrations. Each names the invalid id, but has no code and no position. */
  conflicts?: { object?: string; value?: string }[];
}

/** The error of 2.43 for a period that is not in its database yet (dhis2 LIVE, the sandbox). */
const NEW_PERIOD = 'Failed to flush BatchHandler';

/**
 * Sends registrations of completeness. 2.43 fails on the first request with a period that is not in
 * its database, and stores the period. Only such a request is sent a second time.
 */
export async function sendRegistrations(send: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const answer = await send();
  const { description = '' } = findRegistrationSummary(answer.body) ?? {};
  return description.includes(NEW_PERIOD) ? send() : answer;
}

/** Reads the summary, which stands inside a web message or alone (FACTS §1.3). */
export function findRegistrationSummary(body: unknown): RegistrationSummary | undefined {
  if (!isJsonObject(body)) return undefined;
  const inner = isJsonObject(body.response) ? body.response : body;
  return isJsonObject(inner.importCount) ? (inner as unknown as RegistrationSummary) : undefined;
}
