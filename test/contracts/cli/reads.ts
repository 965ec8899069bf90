import type { Recording } from '../dhis2/replay/recordings.js';
import type { Outcome } from '../dhis2/replay/replay.js';

const UID = /\b(?=\w*\d)[A-Za-z][A-Za-z0-9]{10}\b/g;

/**
 * Whether a request only reads and needs nothing of the recorded world: every object in its path is
 * an unknown one. Login attempts are excluded, as servers count them.
 */
export function needsNoWorld({ request, name }: Recording): boolean {
  if (request.method !== 'GET' || !/^(admin|undefined)$/.test(String(request.user))) return false;
  if (/^\d+-(auth-wrong|token)/.test(name)) return false;
  // Only the server that has run a job knows its result; some ids of jobs have no digit.
  if (/^\/api\/system\/task(s|Summaries)\/\w+\/(?!NoSuch)/.test(request.path)) return false;
  return (request.path.match(UID) ?? []).every(id => id.startsWith('NoSuch'));
}

/**
 * An outcome without what depends on another server's data: of an answer with data, only the types
 * and the keys of the outermost object are compared; a refusal is compared completely.
 */
export function formOnly(outcome: Outcome): Outcome {
  if (outcome.recording.response.status >= 400) return outcome;
  const differences = outcome.differences.filter(
    ({ kind, where }) =>
      where.startsWith('(') || kind === 'type' || (kind === 'missing' && /^\w+$/.test(where)),
  );
  const verdict = differences.length === 0 ? 'alike' : outcome.verdict;
  return { ...outcome, differences, verdict: verdict === 'kinder' ? 'other' : verdict };
}
