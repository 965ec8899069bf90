import { IntegrationError } from '#common/reporting/errors.js';
import type { Rejected } from '#common/reporting/report.js';

/** Statuses with which Go.Data refuses a record, and not who sends it or how. */
const REFUSALS = new Set([400, 404, 409, 413, 422, 500]);

/** What the server's codes mean to whoever corrects the record. */
const SAYS: Record<string, string> = {
  ADDRESS_MUST_HAVE_USUAL_PLACE_OF_RESIDENCE: 'It has addresses, but no usual place of residence.',
  ADDRESS_MULTIPLE_USUAL_PLACE_OF_RESIDENCE: 'It has two usual places of residence.',
  ADDRESS_PREVIOUS_PLACE_OF_RESIDENCE_MUST_HAVE_DATE: 'A previous place of residence has no date.',
  DUPLICATE_VISUAL_ID: 'Another record of the outbreak has its visual id.',
  INVALID_VISUAL_ID_MASK: "Its visual id does not fit the outbreak's mask.",
  DELETE_CONTACT_LAST_RELATIONSHIP: 'It is the last exposure of a contact, which Go.Data keeps.',
  INVALID_RELATIONSHIP_WITH_DISCARDED_CASE: 'Go.Data takes no exposure of a discarded case.',
  MODEL_NOT_FOUND: 'It has been deleted in Go.Data meanwhile.',
  VALIDATION_FAILED: 'A field is missing that this version of Go.Data requires, or it is no date.',
  ID_TAKEN:
    'A record of another outbreak has its id: its org unit has changed. Go.Data moves nobody; correct the org unit, or delete that record.',
};

/** Whether an error says that a record does not fit; the others end the run. */
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

/** The server's own code of a refusal, or one for what it has none for. */
function codeOf({ serverCode, status, fields = [] }: RefusalDetails): string {
  if (fields.includes('id')) return 'ID_TAKEN';
  return serverCode ?? (status === 422 ? 'VALIDATION_FAILED' : `STATUS_${status}`);
}

/**
 * A record that the server has refused. The server's message is not told: it can hold what the record
 * says of a person. The names of the fields are.
 */
export function refused(
  kind: string,
  id: string,
  code: string,
  fields: readonly string[] = [],
): Rejected {
  // A row of a bulk answer has the name of the error where it has no code.
  const known = code === 'ValidationError' ? 'VALIDATION_FAILED' : code;
  const says = SAYS[known] ?? "Go.Data has refused it: look for the id in the server's log.";
  return {
    kind,
    id,
    code: known,
    message: fields.length > 0 ? `${fields.join(', ')}: ${says}` : says,
  };
}

/** Does something with a record; a refusal becomes a row of the report. */
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
