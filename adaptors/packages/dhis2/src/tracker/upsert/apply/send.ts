import { IntegrationError } from '#common/reporting/errors.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { RestAccess } from '#dhis2/client/rest/request.js';
import { importTracker } from '../../import/import.js';
import type { Strategy } from '../../import/payload.js';
import type { ResolvedUpsert } from '../options.js';
import type { PlannedObject } from '../plan/person-plan.js';
import type { Corrected } from '../refused/correct-person.js';
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
  /**
   * What remains of a group of which something was refused. With it a request is stored as a whole
   * or not at all: then it is sent once more, without what was refused.
   */
  correct?: (group: Group, outcomes: ReadonlyMap<PlannedObject, Outcome>) => Corrected;
}

/**
 * Imports groups of objects. Without `correct` each object is by itself: an error in one does not
 * affect the others. With it each group is written whole or not at all: one more request for each
 * one in which something is refused. If DHIS2 cannot read a request at all, the person at fault is
 * found by halving.
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
  const outcomes = await ask(access, strategy, groups, options);
  if (!outcomes) return sendHalves(access, strategy, groups, options);
  const { correct } = options;
  const isBad = (group: Group) => group.some(one => outcomes.get(one)?.state === 'refused');
  if (!correct || !groups.some(isBad)) return outcomes;
  const done = new Map<PlannedObject, Outcome>();
  const left = groups.map(group => {
    if (!isBad(group)) return group;
    const corrected = correct(group, outcomes);
    for (const [object, outcome] of corrected.outcomes) done.set(object, outcome);
    return corrected.group;
  });
  const rest = left.filter(group => group.length > 0);
  if (rest.length === 0) return done;
  if (options.isRehearsal) return new Map([...rest.flat().map(toCorrect(outcomes)), ...done]);
  return new Map([...(await sendChunk(access, strategy, rest, options)), ...done]);
}

/** In a rehearsal, an object that was corrected counts as accepted. */
function toCorrect(outcomes: ReadonlyMap<PlannedObject, Outcome>) {
  return (object: PlannedObject): [PlannedObject, Outcome] => {
    const outcome = outcomes.get(object);
    return [object, outcome?.state === 'taken' ? outcome : { state: 'taken' }];
  };
}

/** One request. Undefined if DHIS2 cannot read it, or refuses it without saying which object. */
async function ask(
  access: RestAccess,
  strategy: Strategy,
  groups: readonly Group[],
  { async: isAsync, chunkSize, isRehearsal, correct }: SendOptions,
): Promise<Map<PlannedObject, Outcome> | undefined> {
  const objects = groups.flat();
  try {
    const { report } = await importTracker(access, strategy, toPayload(objects), {
      async: isAsync,
      // A group is not divided: without atomicMode a request is all or nothing (recording 131).
      chunkSize: correct ? Math.max(chunkSize, objects.length) : chunkSize,
      query: {
        ...(correct ? {} : { atomicMode: 'OBJECT' }),
        ...(isRehearsal ? { importMode: 'VALIDATE' } : {}),
      },
    });
    const outcomes = readOutcomes(report, objects, isRehearsal);
    const isNobody = objects.every(one => outcomes.get(one)?.state !== 'refused');
    return correct && report.status === 'ERROR' && isNobody ? undefined : outcomes;
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

async function sendHalves(
  access: RestAccess,
  strategy: Strategy,
  groups: readonly Group[],
  options: SendOptions,
): Promise<Map<PlannedObject, Outcome>> {
  if (groups.length === 1) return new Map(groups.flat().map(one => [one, REFUSED]));
  const middle = Math.ceil(groups.length / 2);
  const first = await sendChunk(access, strategy, groups.slice(0, middle), options);
  const second = await sendChunk(access, strategy, groups.slice(middle), options);
  return new Map([...first, ...second]);
}

const REFUSED: Outcome = { state: 'refused', errors: [{ errorCode: 'REFUSED_AS_A_WHOLE' }] };

function isUnreadable(error: unknown): boolean {
  if (!(error instanceof IntegrationError)) return false;
  const { status } = (error.details ?? {}) as { status?: number };
  return UNREADABLE.has(status ?? 0);
}
