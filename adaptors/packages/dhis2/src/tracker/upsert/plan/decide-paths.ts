import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import type { Fingerprints } from '#common/handover/owners.js';
import {
  createDhis2Reader,
  dhis2PathsOf,
  fills,
  fingerprint,
  fingerprintOf,
  type Judge,
  ownerEntries,
  type Subject,
} from '#common/ownership/index.js';
import type { FieldWrite } from './person-plan.js';

/** A place in DHIS2 that the mapping has a value for. */
export interface GivenPath {
  /** As in an owner table: attribute, `<stage>.<data element>`, `orgUnit`, `enrolledAt`, `occurredAt`. */
  path: string;
  /** Whether DHIS2 already has it. */
  isSame: boolean;
  /** The value to send; null clears. */
  text: string | null;
  /** UID of the object that has the place. */
  uid: string;
  /** The object is new: nobody can have entered anything there. */
  isNew: boolean;
}

/** Which places are written. */
export interface DecidedPaths {
  write: ReadonlySet<string>;
  /** Fields in conflict, with their places that differ. */
  conflicts: { field: string; paths: string[] }[];
  writes: FieldWrite[];
}

/** What deciding needs. */
export interface DecideContext {
  subject: Subject;
  judge: Judge;
  /** Places whose values a rule of DHIS2 computes: they are not a user's edits. */
  assigned: ReadonlySet<string>;
  /** Those of what Go.Data has. */
  fingerprints: Fingerprints;
}

/**
 * Decides, for a tracked entity that exists, which places are written: those of fields that Go.Data
 * owns or that were changed there last. All places of one field are decided together.
 */
export function decidePaths(
  given: readonly GivenPath[],
  stored: TrackedEntity,
  { subject, judge, fingerprints, assigned }: DecideContext,
): DecidedPaths {
  const byPath = new Map<string, GivenPath>();
  const write = new Set<string>();
  for (const one of given) {
    byPath.set(one.path, one);
    if (one.isNew || !one.isSame) write.add(one.path);
  }
  const decided: DecidedPaths = { write, conflicts: [], writes: [] };
  const readStored = createDhis2Reader(stored);
  for (const [field, owner] of ownerEntries(subject.owners)) {
    const paths = dhis2PathsOf(owner);
    const own = givenAt(paths, byPath);
    if (own.length === 0) continue;
    const before = readStored(owner);
    const godata = fingerprintOf(fingerprints, subject.owners, field) ?? fingerprint(undefined);
    const isSame = own.every(one => one.isNew || one.isSame);
    const decision = own.every(({ isNew }) => isNew)
      ? 'write'
      : judge.decide(subject, field, isSame, () => ({ godata, dhis2: fingerprint(before) }));
    if (decision === 'same' && !own.some(({ path }) => write.has(path))) continue;
    if (decision === 'leave' || decision === 'conflict') {
      const differing = own.map(({ path }) => path).filter(path => write.delete(path));
      const isOfRule = paths.some(path => assigned.has(path));
      if (decision === 'conflict' && !isOfRule) decided.conflicts.push({ field, paths: differing });
      continue;
    }
    if (decision === 'merge') {
      for (const one of own) {
        if (one.isNew) continue;
        const isMissing = before[paths.indexOf(one.path)] === '';
        const isGiven = (one.text ?? '') !== '';
        if (!fills('dhis2', subject.origin, { isMissing, isGiven })) write.delete(one.path);
      }
      continue;
    }
    const parts = own.filter(({ path }) => write.has(path)).map(toPart);
    if (parts.length === 0) continue;
    decided.writes.push({ field, paths, stored: before, parts, godata, needs: [] });
  }
  return decided;
}

/**
 * Everything is written to a new tracked entity. For every field that both systems may change, what
 * Go.Data has is remembered, including fields that have no place in DHIS2 and fields that DHIS2
 * computes: the way back has not seen them yet.
 *
 * @param uid of the tracked entity
 * @param unseen fingerprint for what the way back will read from DHIS2
 */
export function writeAllPaths(
  given: readonly GivenPath[],
  uid: string,
  { subject, fingerprints, assigned }: DecideContext,
  unseen: string,
): DecidedPaths {
  const byPath = new Map(given.map(one => [one.path, one]));
  const writes = ownerEntries(subject.owners).flatMap(([field, owner]): FieldWrite[] => {
    const godata = fingerprintOf(fingerprints, subject.owners, field);
    if (owner.owner !== 'latest' || godata === undefined) return [];
    const paths = dhis2PathsOf(owner);
    const parts = givenAt(paths, byPath).map(toPart);
    const stored = paths.map(() => '');
    const isSeen = paths.length > 0 && !paths.some(path => assigned.has(path));
    const dhis2 = isSeen ? undefined : unseen;
    return [{ field, paths, stored, parts, godata, dhis2, needs: [uid] }];
  });
  return { write: new Set(given.map(({ path }) => path)), conflicts: [], writes };
}

/** What the mapping gives for the places of a field. */
function givenAt(paths: readonly string[], byPath: ReadonlyMap<string, GivenPath>): GivenPath[] {
  const own: GivenPath[] = [];
  for (const path of paths) {
    const one = byPath.get(path);
    if (one) own.push(one);
  }
  return own;
}

function toPart({ path, text, uid }: GivenPath) {
  return { path, text: text ?? '', uid };
}
