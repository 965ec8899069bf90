import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { ProgramReader } from '../program-reader.js';
import { assignedPaths } from '../rules/assigned-paths.js';
import type { EntityCollector } from './entity-collector.js';
import { type Change, listChanges } from './list-changes.js';
import type { Pass } from './pass.js';
import { FIELDS, type RawTrackedEntity } from './raw.js';
import { toTombstone, toTrackedEntity } from './to-tracked-entity.js';

/** A program to read: its own people, and the other program in which they may be enrolled. */
export interface ProgramSource {
  kind: TrackedEntity['kind'];
  own: ProgramReader;
  /** The program of the other kind, if there is one. */
  other: ProgramReader | undefined;
  /** Tracked entities in one request. */
  pageSize: number;
}

/** Changes are listed without data: one list holds as many as several pages of tracked entities. */
const LISTED_PAGES = 20;

/**
 * Puts the changes of a program into the collector until it is full.
 *
 * Changes are listed with deleted tracked entities and without data; then the tracked entities are
 * read by their ids, without deleted ones. No version marks a relationship as deleted, so in a list
 * with deleted objects a deleted relationship would look like any other.
 *
 * @returns whether changes are left for the next run
 */
export async function readProgram(
  source: ProgramSource,
  pass: Pass,
  collector: EntityCollector,
): Promise<boolean> {
  const { kind, own, pageSize } = source;
  let done = 0;
  for await (const listed of listChanges(own, pass.from, pageSize * LISTED_PAGES)) {
    const changes = listed.filter(change => !pass.isKnown(change));
    for (let from = 0, size = 0; from < changes.length; from += size) {
      if (collector.room === 0) return true;
      size = Math.min(pageSize, collector.room);
      const chunk = changes.slice(from, from + size);
      if (!(await readChunk(source, chunk, pass, collector))) return true;
      done += chunk.length;
      console.log(formatProgress({ label: `${kind}s`, done }));
    }
    const last = listed.at(-1);
    if (last) pass.reach(last.ms);
  }
  return false;
}

/**
 * Reads tracked entities with everything that a mapping needs, except links that are in other
 * programs.
 *
 * @returns those that are enrolled in the program and not deleted
 */
export async function readPeople(
  { kind, own }: Pick<ProgramSource, 'kind' | 'own'>,
  ids: readonly string[],
): Promise<Map<string, TrackedEntity>> {
  const rows = await own.readById<RawTrackedEntity>(ids, FIELDS);
  const toEntity = (row: RawTrackedEntity) =>
    withAssigned(toTrackedEntity(row, kind, own.program), own);
  return new Map(rows.map(row => [row.trackedEntity, toEntity(row)]));
}

/** A tracked entity, with the values that rules compute. */
function withAssigned(entity: TrackedEntity, { assignments }: ProgramReader): TrackedEntity {
  const assigned = assignedPaths(entity, assignments);
  return assigned.length > 0 ? { ...entity, assigned } : entity;
}

/** @returns whether the collector accepted all of them */
async function readChunk(
  source: ProgramSource,
  chunk: readonly Change[],
  pass: Pass,
  collector: EntityCollector,
): Promise<boolean> {
  const { kind, other } = source;
  const present = chunk.filter(change => !change.deleted).map(change => change.trackedEntity);
  // A person in both programs is a case, and the cases pass it on.
  const cases = kind === 'contact' ? await membersOf(other, present) : NOBODY;
  const people = await readPeople(
    source,
    present.filter(id => !cases.has(id)),
  );
  // A person who is no longer a case may still be a contact, and the contacts pass it on.
  const contacts =
    kind === 'case'
      ? await membersOf(
          other,
          present.filter(id => !people.has(id)),
        )
      : NOBODY;
  for (const change of chunk) {
    const { trackedEntity: id, updatedAt } = change;
    if (cases.has(id) || contacts.has(id)) {
      pass.handle(change, updatedAt);
      continue;
    }
    const entity = people.get(id) ?? toTombstone(change, collector.get(id)?.kind ?? kind);
    if (!collector.put(entity)) return false;
    pass.handle(change, entity.updatedAt);
  }
  return true;
}

const NOBODY: ReadonlySet<string> = new Set();

async function membersOf(
  program: ProgramReader | undefined,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!program) return NOBODY;
  const rows = await program.readById<{ trackedEntity: string }>(ids, 'trackedEntity');
  return new Set(rows.map(({ trackedEntity }) => trackedEntity));
}
