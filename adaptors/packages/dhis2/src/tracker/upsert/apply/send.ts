import { IntegrationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { RestAccess } from '#dhis2/client/rest/request.js';
import { importTracker } from '../../import/import.js';
import type { Strategy } from '../../import/payload.js';
import type { ResolvedUpsert } from '../options.js';
import type { PlannedObject } from '../plan/person-plan.js';
import { type Outcome, readOutcomes } from './outcome.js';
import { type Group, packGroups, toPayload } from './pack.js';

/** Statuses that concern what was sent, not the account or the moment. */
const UNREADABLE = new Set([400, 409, 413]);

/** How to send. */
export interface SendOptions extends Pick<ResolvedUpsert, 'async' | 'chunkSize'> {
  /** What is counted, for the progress. */
  label: string;
  /** What no two groups of one request may have in common. */
  keysOf?: (group: Group) => readonly string[];
  /** Ask DHIS2 what it would do, and store nothing. */
  isRehearsal?: boolean;
}

/**
 * Imports groups of objects, each object by itself: an error in one does not affect the others. If
 * DHIS2 cannot read a request at all, the person at fault is found by halving.
 *
 * @returns the result of every object
 * @throws IntegrationError if DHIS2 cannot be reached, or refuses the account
 */
export async function sendGroups(
  access: RestAccess,
  strategy: Strategy,
  groups: readonly Group[],
  options: SendOptions,
): Promise<Map<PlannedObject, Outcome>> {
  const outcomes = new Map<PlannedObject, Outcome>();
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  for (const chunk of packGroups(groups, options.chunkSize, options.keysOf)) {
    for (const [object, outcome] of await sendChunk(access, strategy, chunk, options)) {
      outcomes.set(object, outcome);
    }
    console.log(formatProgress({ label: options.label, done: outcomes.size, total }));
  }
  return outcomes;
}

async function sendChunk(
  access: RestAccess,
  strategy: Strategy,
  groups: readonly Group[],
  options: SendOptions,
): Promise<Map<PlannedObject, Outcome>> {
  const objects = groups.flat();
  try {
    const { report } = await importTracker(access, strategy, toPayload(objects), {
      async: options.async,
      chunkSize: options.chunkSize,
      query: { atomicMode: 'OBJECT', ...(options.isRehearsal ? { importMode: 'VALIDATE' } : {}) },
    });
    return readOutcomes(report, objects, options.isRehearsal);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    if (groups.length === 1) return new Map(objects.map(one => [one, REFUSED]));
    const middle = Math.ceil(groups.length / 2);
    const first = await sendChunk(access, strategy, groups.slice(0, middle), options);
    const second = await sendChunk(access, strategy, groups.slice(middle), options);
    return new Map([...first, ...second]);
  }
}

const REFUSED: Outcome = { state: 'refused', errors: [{ errorCode: 'REFUSED_AS_A_WHOLE' }] };

function isUnreadable(error: unknown): boolean {
  if (!(error instanceof IntegrationError)) return false;
  const { status } = (error.details ?? {}) as { status?: number };
  return UNREADABLE.has(status ?? 0);
}
