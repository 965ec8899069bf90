import { isJsonObject } from '#common/http/index.js';
import { IntegrationError } from '#common/reporting/errors.js';

/**
 * Refuses a page of a "gist" list of 2.44 that has fewer objects than its pager counts: such a list
 * omits objects without an error (dhis2 LIVE, "Master (2.44...)").
 *
 * @param path path of the list, for the error
 * @throws IntegrationError `READ_INCOMPLETE`
 */
export function refuseGaps(path: string, body: unknown): void {
  if (!isJsonObject(body) || body.gist !== true || !isJsonObject(body.pager)) return;
  const { page, pageSize, total } = body.pager as Record<string, number>;
  const list = Object.values(body).find(Array.isArray);
  if (!list || page === undefined || pageSize === undefined || total === undefined) return;
  const due = Math.min(pageSize, total - (page - 1) * pageSize);
  if (list.length < due) throw incompleteList(path);
}

/** The error for a list with fewer objects than its pager counts. */
export function incompleteList(path: string): IntegrationError {
  return new IntegrationError({
    code: 'READ_INCOMPLETE',
    message: `DHIS2 lists fewer objects of ${path.split('?')[0]} than it counts.`,
    fix: 'Add gist: false to the parameters of the request, or request references without their fields (parent, not parent[id]). If it still fails, the list changed during the read: run again.',
    details: { system: 'DHIS2' },
  });
}
