import { IntegrationError } from '#common/reporting/errors.js';
import type { Rejected } from '#common/reporting/report.js';

/** Statuses that mean that Go.Data refuses the record, not the account or the request. */
const REFUSALS = new Set([400, 404, 409, 413, 422, 500]);

/** The meaning of the server's codes, for the person who corrects the record. */
const MESSAGES: Record<string, string> = {
  ADDRESS_MUST_HAVE_USUAL_PLACE_OF_RESIDENCE:
    'The person has addresses, but no usual place of residence.',
  ADDRESS_MULTIPLE_USUAL_PLACE_OF_RESIDENCE: 'The person has two usual places of residence.',
  ADDRESS_PREVIOUS_PLACE_OF_RESIDENCE_MUST_HAVE_DATE: 'A previous place of residence has no date.',
  DUPLICATE_VISUAL_ID: 'Another record of the outbreak has this visual id.',
  INVALID_VISUAL_ID_MASK: "The visual id does not match the outbreak's mask.",
  DELETE_CONTACT_LAST_RELATIONSHIP:
    'The relationship is the last exposure of a contact. Go.Data does not delete it.',
  INVALID_RELATIONSHIP_WITH_DISCARDED_CASE:
    'Go.Data does not accept an exposure to a discarded case.',
  MODEL_NOT_FOUND: 'The record was deleted in Go.Data during the run.',
  VALIDATION_FAILED: 'A field that this version of Go.Data requires is missing, or is not a date.',
  ID_TAKEN:
    'A record with this id exists that the account does not see in this outbreak. If the org unit changed, it is in another outbreak: correct the org unit, because Go.Data cannot move people. Otherwise check the locations and outbreaks of the account.',
  NOT_LISTED:
    'Go.Data has the person, but did not list the record before. Nothing was changed; the next run reads it again. If it happens again, check the proxies before Go.Data.',
};

/** Whether an error means that Go.Data refused a record. Other errors end the run. */
export function isRefusal(error: unknown): error is IntegrationError {
  if (!(error instanceof IntegrationError)) return false;
  const { status } = (error.details ?? {}) as { status?: unknown };
  return typeof status === 'number' && REFUSALS.has(status);
}

interface RefusalDetails {
  serverCode?: string;
  status?: number;
  /** Properties that the server's validation names. */
  fields?: string[];
}

/** The server's code of a refusal, or our code if the server sends none. */
function codeOf({ serverCode, status, fields = [] }: RefusalDetails): string {
  if (fields.includes('id')) return 'ID_TAKEN';
  return serverCode ?? (status === 422 ? 'VALIDATION_FAILED' : `STATUS_${status}`);
}

/**
 * The report row of a refused record. It names the fields but omits the server's message, which can
 * have personal data.
 */
export function refused(
  kind: string,
  id: string,
  code: string,
  fields: readonly string[] = [],
): Rejected {
  // In the answer to a bulk request, an error without a code has a name.
  const known = code === 'ValidationError' ? 'VALIDATION_FAILED' : code;
  const says =
    MESSAGES[known] ?? "Go.Data refused the record. Look for the id in the server's log.";
  return {
    kind,
    id,
    code: known,
    message: fields.length > 0 ? `${fields.join(', ')}: ${says}` : says,
  };
}

/** Writes a record. A refusal becomes a row of the report. */
export async function attempt(
  kind: string,
  id: string,
  rejected: Rejected[],
  act: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const details = error.details as RefusalDetails;
    rejected.push(refused(kind, id, codeOf(details), details.fields));
    return false;
  }
}
