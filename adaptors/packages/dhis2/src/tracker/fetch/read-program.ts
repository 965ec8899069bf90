import type {
  TrackedEntity,
  TrackedRelationship,
} from '#common/handover/fetched-tracked-entity-batch.js';
import { readAgainIfEmpty } from '#common/http/index.js';
import { formatProgress } from '#common/reporting/progress.js';
import type { ProgramReader } from '../program-reader.js';
import { assignedPaths } from '../rules/assigned-paths.js';
import type { EntityCollector } from './entity-collector.js';
import { type Change, listChanges } from './list-changes.js';
import type { Pass } from './pass.js';
import { DATA, FIELDS, type RawTrackedEntity } from './raw.js';
import { toTombstone, toTrackedEntity } from './to-tracked-entity.js';

/** A program to read: its own people, and the other program in which they may be enrolled. */
export interface ProgramSource {
  kind: TrackedEntity['kind'];
  own: ProgramReader;
  /** The program of the other kind, if there is one. */
  other: ProgramReader | undefined;
  /** Tracked entities in one request. */
  pageSize: number;
  /** The relationships of a tracked entity, if they are known and need not be read. */
  relationshipsOf?: (id: string) => readonly TrackedRelationship[];
}

/** What a run read of a program. */
export interface ProgramRead {
  /** Whether changes are left for the next run. */
  more: boolean;
  /** Whether everybody was read, except those who are deleted. */
  isWhole: boolean;
}

/** Changes are listed without data: one list holds as many as several pages of tracked entities. */
const LISTED_PAGES = 20;

/**
 * Puts the changes of a program into the collector until it is full.
 *
 * Changes are listed with deleted tracked entities and without data; then the tracked entities are
 * read by their ids, without deleted ones. No version marks a relationship as deleted, so in a list
 * with deleted objects a deleted relationship would look like any other.
 */
export async function readProgram(
  source: ProgramSource,
  pass: Pass,
  collector: EntityCollector,
): Promise<ProgramRead> {
  const { kind, own, pageSize } = source;
  let done = 0;
  let isWhole = true;
  for await (const listed of listChanges(own, pass.from, pageSize * LISTED_PAGES)) {
    const changes = listed.filter(change => !pass.isKnown(change));
    for (let from = 0, size = 0; from < changes.length; from += size) {
      if (collector.room === 0) return { more: true, isWhole: false };
      size = Math.min(pageSize, collector.room);
      const chunk = changes.slice(from, from + size);
      const read = await readChunk(source, chunk, pass, collector);
      if (read === 'full') return { more: true, isWhole: false };
      if (read === 'in part') isWhole = false;
      done += chunk.length;
      console.log(formatProgress({ label: `${kind}s`, done }));
    }
    const last = listed.at(-1);
    if (last) pass.reach(last.ms);
  }
  return { more: false, isWhole };
}

/**
 * Reads tracked entities with everything that a mapping needs, except links that are in other
 * programs.
 *
 * @returns those that are enrolled in the program and not deleted
 */
export async function readPeople(
  { kind, own, relationshipsOf }: Pick<ProgramSource, 'kind' | 'own' | 'relationshipsOf'>,
  ids: readonly string[],
): Promise<Map<string, TrackedEntity>> {
  const rows = await readAgainIfEmpty(ids.length > 0, () =>
    own.readById<RawTrackedEntity>(ids, relationshipsOf ? DATA : FIELDS),
  );
  const toEntity = (row: RawTrackedEntity) => {
    const entity = withAssigned(toTrackedEntity(row, kind, own.program), own);
    return relationshipsOf ? { ...entity, relationships: [...relationshipsOf(entity.id)] } : entity;
  };
  return new Map(rows.map(row => [row.trackedEntity, toEntity(row)]));
}

/** A tracked entity, with the values that rules compute. */
function withAssigned(entity: TrackedEntity, { assignments }: ProgramReader): TrackedEntity {
  const assigned = assignedPaths(entity, assignments);
  return assigned.length > 0 ? { ...entity, assigned } : entity;
}

/** @returns `full` if the collector did not accept all of them, `in part` if somebody was not shown */
async function readChunk(
  source: ProgramSource,
  chunk: readonly Change[],
  pass: Pass,
  collector: EntityCollector,
): Promise<'full' | 'in part' | 'whole'> {
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
    if (!collector.put(entity)) return 'full';
    pass.handle(change, entity.updatedAt);
  }
  const isShown = (id: string) => people.has(id) || cases.has(id) || contacts.has(id);
  return present.every(isShown) ? 'whole' : 'in part';
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
