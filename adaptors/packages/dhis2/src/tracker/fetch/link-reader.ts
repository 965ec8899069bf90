import type { GoDataLink } from '../../../../../common/src/links.js';
import type { Dhis2Client } from '../../client.js';
import type { TrackerDialect } from '../dialect.js';
import { readTrackedEntities } from '../program-reader.js';
import type { RawEnrollment } from './raw.js';
import { linkOf } from './to-tracked-entity.js';

/** Finds the people of Go.Data that tracked entities are linked to, whatever program tells of it. */
export interface LinkReader {
  /** One request, for up to 250 ids. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, GoDataLink>>;
}

const FIELDS = 'trackedEntity,enrollments[enrollment,enrolledAt,notes[value]]';

interface Linked {
  trackedEntity: string;
  enrollments?: Pick<RawEnrollment, 'enrollment' | 'enrolledAt' | 'notes'>[];
}

/**
 * A list of a program shows the enrollments in that program alone, and the note that links a person may
 * stand in another one: by ids, and without a program, DHIS2 shows all that the account may see (dhis2
 * LIVE, "Enrollments by program").
 */
export function createLinkReader(client: Dhis2Client, dialect: TrackerDialect): LinkReader {
  return {
    async read(ids) {
      if (ids.length === 0) return new Map();
      const query = { ...dialect.withIds(ids), fields: FIELDS, page: 1, pageSize: ids.length };
      const { rows } = await readTrackedEntities<Linked>(client, dialect, query);
      const links = rows.map(
        ({ trackedEntity, enrollments = [] }) => [trackedEntity, linkOf(enrollments)] as const,
      );
      return new Map(links.filter((one): one is [string, GoDataLink] => one[1] !== undefined));
    },
  };
}
