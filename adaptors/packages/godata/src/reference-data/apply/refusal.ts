import type { ApiAnswer } from '../../../../../common/src/http/index.js';
import type { Rejected } from '../../../../../common/src/report.js';

/** Statuses with which Go.Data refuses what it was sent, and not who sends it or how. */
const REFUSALS = new Set([400, 404, 409, 413, 422, 500]);

/** Whether an answer says that an item does not fit. */
export function isRefusal({ status }: ApiAnswer): boolean {
  return REFUSALS.has(status);
}

/** The error body of Go.Data (godata FACTS §1.5). */
interface ErrorBody {
  error?: { code?: string; message?: string; details?: { codes?: Record<string, string[]> } };
}

const SAYS: Record<string, string> = {
  MODEL_CONFLICT: "The category has another item with this label in the account's language.",
  CODE_TAKEN: 'Go.Data has another item with this code.',
  ID_TAKEN: 'Go.Data has the id that it would make of this label already.',
  MODEL_NOT_FOUND: 'The item has been deleted in Go.Data meanwhile.',
};

/**
 * An option whose item Go.Data has refused, with the server's own code, or with ours where it gives
 * none.
 */
export function refusedOption(option: string, { status, body }: ApiAnswer): Rejected {
  const { code: given, message, details } = (body as ErrorBody | undefined)?.error ?? {};
  const fields = Object.keys(details?.codes ?? {});
  const own = fields.includes('code')
    ? 'CODE_TAKEN'
    : fields.includes('id')
      ? 'ID_TAKEN'
      : undefined;
  const code = given ?? own ?? `STATUS_${status}`;
  return {
    kind: 'option',
    id: option,
    code,
    message: SAYS[code] ?? message ?? 'Go.Data has refused it.',
  };
}
