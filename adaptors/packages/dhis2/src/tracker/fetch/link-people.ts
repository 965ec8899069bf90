import type { TrackedEntity } from '#common/handover/fetched-tracked-entity-batch.js';
import { type GoDataLink, readLinkNote } from '#common/identity/links.js';
import type { Dhis2Client } from '../../client/client.js';
import { trackerDialect } from '../dialect.js';
import { readTrackedEntities } from '../program-reader.js';
import { isMarkedDeleted } from '../upsert/marks.js';
import { MAX_IDS } from './options.js';
import type { RawEnrollment } from './raw.js';
import { linkOf } from './to-tracked-entity.js';

const FIELDS = 'trackedEntity,enrollments[enrollment,enrolledAt,deleted,notes[value]]';

interface Linked {
  trackedEntity: string;
  enrollments?: NotedEnrollment[];
}

type NotedEnrollment = Pick<RawEnrollment, 'enrollment' | 'enrolledAt' | 'notes'> & {
  deleted?: boolean;
};

/**
 * Finds the Go.Data people that tracked entities are linked to, whichever program holds the link. A
 * program's list shows only the enrollments in that program, and the note with the link may be in
 * another one. A request by ids and without a program shows everything that the account may see
 * (dhis2 LIVE, "Enrollments by program"). A note stays with a deleted enrollment, for example when
 * a clerk has moved a contact to the cases. One request for every 250 people whose program shows no
 * link.
 *
 * @returns the same people, in the same order
 */
export async function linkPeople(
  client: Dhis2Client,
  entities: readonly TrackedEntity[],
): Promise<TrackedEntity[]> {
  const unlinked = entities.filter(({ link, deleted }) => !link && !deleted).map(({ id }) => id);
  const dialect = trackerDialect((await client.systemInfo()).minor);
  const links = new Map<string, GoDataLink>();
  for (let from = 0; from < unlinked.length; from += MAX_IDS) {
    const ids = unlinked.slice(from, from + MAX_IDS);
    const list = { includeDeleted: true, fields: FIELDS, page: 1, pageSize: MAX_IDS };
    const query = { ...dialect.withIds(ids), ...list };
    const { rows } = await readTrackedEntities<Linked>(client, dialect, query);
    for (const { trackedEntity, enrollments = [] } of rows) {
      const link = linkOfAll(enrollments);
      if (link) links.set(trackedEntity, link);
    }
  }
  return entities.map(entity => {
    const link = links.get(entity.id);
    return link ? { ...entity, link } : entity;
  });
}

/**
 * An enrollment that is not deleted counts first. One that was deleted because its person was
 * deleted in Go.Data never counts.
 */
function linkOfAll(enrollments: readonly NotedEnrollment[]): GoDataLink | undefined {
  const living = linkOf(enrollments.filter(({ deleted }) => !deleted));
  if (living) return living;
  return linkOf(
    enrollments.filter(({ notes = [] }) => {
      return !notes.some(({ value }) => isMarkedDeleted(notes, readLinkNote(value)?.id ?? ''));
    }),
  );
}
