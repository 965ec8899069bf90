import type { ApiAnswer } from '#common/http/index.js';
import type { Rejected } from '#common/reporting/report.js';
import type { ItemFields } from '../plan/diff.js';

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
 * What Go.Data has refused, with the server's own code, or with ours where it gives none.
 *
 * @param of the option or the item
 */
export function refusal(of: Pick<Rejected, 'kind' | 'id'>, { status, body }: ApiAnswer): Rejected {
  const { code: given, message, details } = (body as ErrorBody | undefined)?.error ?? {};
  const fields = details?.codes ?? {};
  const own = fields.code ? 'CODE_TAKEN' : fields.id ? 'ID_TAKEN' : undefined;
  const code = given ?? own ?? `STATUS_${status}`;
  return { ...of, code, message: SAYS[code] ?? message ?? 'Go.Data has refused it.' };
}

/** What an answer shows to be as it was: older servers change an item that is in use only in part. */
export function notChanged(
  of: Pick<Rejected, 'kind' | 'id'>,
  changes: ItemFields,
  { body }: ApiAnswer,
): Rejected | undefined {
  const now = (body ?? {}) as Record<string, unknown>;
  const left = (['code', 'order', 'active', 'isSystemWide'] as const).filter(
    field => changes[field] !== undefined && now[field] !== changes[field],
  );
  if (left.length === 0) return undefined;
  const message = `Go.Data has taken the change, but ${left.join(', ')} is as it was.`;
  return { ...of, code: 'NOT_CHANGED', message };
}
