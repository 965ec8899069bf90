import type { BoundTo } from '../handover/bound-to.js';
import { configurationError } from '../reporting/errors.js';

/** Most ids of one kind that the message names. */
const MAX_NAMED = 3;

/**
 * Stops a run whose state belongs to another server, outbreak or program: its cursor would skip
 * people who were never written there. What only one of the two names is not compared.
 *
 * @param former from the cursor; undefined for a cursor of an earlier version, which is accepted
 * @param present what the run found
 * @throws IntegrationError `FOREIGN_STATE` (configuration) with everything that differs
 * @example
 * checkBound({ outbreaks: { a: '2026-01-01T00:00:00.000Z' } }, { outbreaks: { b: '2026-03-01T00:00:00.000Z' } });
 */
export function checkBound(former: BoundTo | undefined, present: BoundTo): void {
  const differences = [
    ...differentDhis2(former?.dhis2, present.dhis2),
    ...differentOutbreaks(former?.outbreaks, present.outbreaks),
    ...differentPrograms(former?.programs, present.programs),
  ];
  if (differences.length > 0) throw foreignState(differences);
}

/**
 * The error of a state that belongs elsewhere.
 *
 * @param differences sentences, without a full stop
 */
function foreignState(differences: readonly string[]) {
  return configurationError(
    'FOREIGN_STATE',
    `The state of the earlier run does not belong to this one: ${differences.join('; ')}. Nothing was written.`,
    {
      fix: 'Correct the credential, the job or the state, whichever is wrong. If all are right, begin without the state: everybody is then read and compared.',
      details: { differences },
    },
  );
}

function differentDhis2(former: BoundTo['dhis2'], present: BoundTo['dhis2']): string[] {
  if (!former || !present) return [];
  if ('systemId' in former && 'systemId' in present) {
    if (former.systemId === present.systemId) return [];
    return [`it was made with the DHIS2 ${former.systemId}, and this is ${present.systemId}`];
  }
  if ('roots' in former && 'roots' in present) {
    const shared = Object.keys(former.roots).filter(
      id => former.roots[id] === present.roots[id] && id in present.roots,
    );
    if (shared.length > 0) return [];
    return [
      `it was made with a DHIS2 whose top org units are ${named(former.roots)}, and here they are ${named(present.roots)}`,
    ];
  }
  // One of them is told by its system id, the other is not: whyReadAgain takes care of it.
  return [];
}

function differentOutbreaks(former: BoundTo['outbreaks'], present: BoundTo['outbreaks']): string[] {
  if (!former || !present) return [];
  return Object.entries(former).flatMap(([id, created]) => {
    const now = present[id];
    if (now === undefined) {
      return [
        `it was made with the outbreak ${id}, created ${created}, and this run uses ${named(present) || 'a new outbreak'}`,
      ];
    }
    // Not every account may read when an outbreak was created.
    return now === created || now === '' || created === ''
      ? []
      : [`the outbreak ${id} was created ${created} then, and ${now} now`];
  });
}

function differentPrograms(former: BoundTo['programs'], present: BoundTo['programs']): string[] {
  return Object.entries(former ?? {}).flatMap(([kind, id]) => {
    const now = present?.[kind];
    return now === undefined || now === id
      ? []
      : [`its program of the ${kind}s was ${id}, and now it is ${now}`];
  });
}

function named(times: Record<string, string>): string {
  const all = Object.entries(times).map(([id, created]) => `${id}, created ${created}`);
  return all.slice(0, MAX_NAMED).join('; ') + (all.length > MAX_NAMED ? '...' : '');
}
