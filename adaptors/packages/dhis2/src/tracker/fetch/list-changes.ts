import { unexpectedAnswer } from '#common/http/index.js';
import { localMs, localTime } from '../local-time.js';
import type { ProgramReader } from '../program-reader.js';

/** The fields of a {@link ListedEntity}. */
export const LISTED = 'trackedEntity,createdAt,updatedAt,deleted,orgUnit';

/** A tracked entity without its data. */
export interface ListedEntity {
  trackedEntity: string;
  createdAt: string;
  updatedAt: string;
  deleted?: boolean;
  orgUnit: string;
}

/** A tracked entity as it was last changed. */
export interface Change extends ListedEntity {
  /** `updatedAt`, to compare with. */
  ms: number;
}

interface List {
  reader: ProgramReader;
  from: number | undefined;
  pageSize: number;
}

interface Page {
  /** The oldest first, and none before the time that was asked for. */
  changes: Change[];
  /** Whether it goes back behind that time. */
  goesBehind: boolean;
  /** Pages that the list has. */
  count: number;
}

/**
 * Lists what has changed in a program, the oldest change first, deleted tracked entities included.
 *
 * Whatever is changed meanwhile moves to the end of the list, so that what stands behind it moves up
 * and may slip from a page that is still to be read to one that has been: a page is asked for by time
 * and not by number, from the last change of the page before. Where that leads no further, because
 * more share one time than a page holds, the rest is read by number, but from its last page to the
 * first: then what moves up is only seen twice.
 *
 * Servers differ in how finely they take `updatedAfter`: up to 2.40 many only by the day, 2.41 by the
 * second. What they give in excess is left out here.
 *
 * @param from time to begin at, that time included; undefined for the first change of all
 * @param pageSize changes a request
 * @throws IntegrationError `UNEXPECTED_ANSWER`
 */
export async function* listChanges(
  reader: ProgramReader,
  from: number | undefined,
  pageSize: number,
): AsyncGenerator<Change[]> {
  for (let begin = from; ; ) {
    const list = { reader, from: begin, pageSize };
    const { changes, count } = await readPage(list, 1);
    if (count <= 1) {
      yield changes;
      return;
    }
    const last = changes.at(-1)?.ms;
    if (last === undefined || last === begin) {
      yield readBackwards(list, count);
      return;
    }
    yield changes;
    begin = last;
  }
}

/** Reads the list from its last page to the first that holds nothing more. */
async function readBackwards(list: List, count: number): Promise<Change[]> {
  const pages: Change[][] = [];
  for (let page = count; page >= 1; page -= 1) {
    const { changes, goesBehind } = await readPage(list, page);
    pages.unshift(changes);
    if (goesBehind) break;
  }
  return inOrder(pages.flat());
}

async function readPage({ reader, from, pageSize }: List, page: number): Promise<Page> {
  const { rows, total } = await reader.read<ListedEntity>({
    // A millisecond early: it must not matter whether the server takes the time itself in.
    ...(from === undefined ? {} : { updatedAfter: localTime(from - 1) }),
    includeDeleted: true,
    order: reader.changeOrder,
    fields: LISTED,
    page,
    pageSize,
    // A page may be short without being the last: what the account may not see is taken out of it.
    totalPages: true,
  });
  const changes = rows.flatMap(row => {
    const ms = localMs(row?.updatedAt);
    return ms === undefined ? [] : [{ ...row, ms }];
  });
  if (total === undefined || changes.length < rows.length) {
    const request = { method: 'GET', path: '/tracker/trackedEntities' } as const;
    throw unexpectedAnswer('DHIS2', request, 'times of change and their number', { rows, total });
  }
  const wanted = from === undefined ? changes : changes.filter(({ ms }) => ms >= from);
  return {
    changes: inOrder(wanted),
    goesBehind: wanted.length < changes.length,
    count: Math.ceil(total / pageSize),
  };
}

/** Of one time, by id: the order that servers give them is not the same in every version. */
function inOrder(changes: Change[]): Change[] {
  return changes.sort((a, b) => a.ms - b.ms || (a.trackedEntity < b.trackedEntity ? -1 : 1));
}
