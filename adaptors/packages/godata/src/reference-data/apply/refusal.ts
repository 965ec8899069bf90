import { type ApiAnswer, isJsonObject } from '#common/http/index.js';
import type { Rejected } from '#common/reporting/report.js';
import { safeCode } from '#common/reporting/server-text.js';
import { errorIn } from '../../client/error-body.js';
import type { ItemFields } from '../plan/diff.js';

/** Statuses that mean that Go.Data refuses the record, not the account or the request. */
const REFUSALS = new Set([400, 404, 409, 413, 422, 500]);

/** Whether an answer means that Go.Data refused the item. */
export function isRefusal({ status }: ApiAnswer): boolean {
  return REFUSALS.has(status);
}

const SAYS: Record<string, string> = {
  MODEL_CONFLICT: "The category has another item with this label in the account's language.",
  CODE_TAKEN: 'Go.Data has another item with this code.',
  ID_TAKEN: 'The id that Go.Data would compute from this label already exists.',
  MODEL_NOT_FOUND: 'The item was deleted in Go.Data during the run. Run again.',
};

/**
 * The report row of a refusal, with the server's code, or with our code when it sends none.
 *
 * @param the option or the item
 */
export function refusal(row: Pick<Rejected, 'kind' | 'id'>, { status, body }: ApiAnswer): Rejected {
  const { code: given, details } = errorIn(body);
  const fields = isJsonObject(details) && isJsonObject(details.codes) ? details.codes : {};
  const own = fields.code ? 'CODE_TAKEN' : fields.id ? 'ID_TAKEN' : undefined;
  const code = safeCode(given) ?? own ?? `STATUS_${status}`;
  return {
    ...row,
    code,
    message: SAYS[code] ?? 'Go.Data refused the item. Check the log of the server.',
  };
}

/**
 * The report row when a change was applied only in part: older servers do this with items in use.
 */
export function notChanged(
  row: Pick<Rejected, 'kind' | 'id'>,
  changes: ItemFields,
  { body }: ApiAnswer,
): Rejected | undefined {
  const now = (body ?? {}) as Record<string, unknown>;
  const left = (['code', 'order', 'active', 'isSystemWide'] as const).filter(
    field => changes[field] !== undefined && now[field] !== changes[field],
  );
  if (left.length === 0) return undefined;
  const message = `Go.Data accepted the change, but it did not change ${left.join(', ')}.`;
  return { ...row, code: 'NOT_CHANGED', message };
}
