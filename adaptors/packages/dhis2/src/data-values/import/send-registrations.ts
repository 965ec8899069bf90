import { type ApiAnswer, isJsonObject } from '#common/http/index.js';

/** The summary of an import of registrations (dhis2 LIVE 187). */
export interface RegistrationSummary {
  status?: string;
  description?: string;
  importCount: { imported?: number; updated?: number; ignored?: number; deleted?: number };
  /** What was ignored, by the id that is wrong; neither code nor place. */
  conflicts?: { object?: string; value?: string }[];
}

/** A period that the database of 2.43 does not have yet (dhis2 LIVE, the sandbox). */
const NEW_PERIOD = 'Failed to flush BatchHandler';

/**
 * Sends registrations of completeness. 2.43 fails the first request with a period that is new to its
 * database, and has it then: such a request is sent once more, and no other.
 */
export async function sendRegistrations(send: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const answer = await send();
  const { description = '' } = findRegistrationSummary(answer.body) ?? {};
  return description.includes(NEW_PERIOD) ? send() : answer;
}

/** The summary stands inside a web message, or bare (FACTS §1.3). */
export function findRegistrationSummary(body: unknown): RegistrationSummary | undefined {
  if (!isJsonObject(body)) return undefined;
  const inner = isJsonObject(body.response) ? body.response : body;
  return isJsonObject(inner.importCount) ? (inner as unknown as RegistrationSummary) : undefined;
}
