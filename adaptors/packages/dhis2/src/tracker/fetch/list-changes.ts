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

/** The last change of a tracked entity. */
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
  /** Oldest first, and none before the requested time. */
  changes: Change[];
  /** Whether it goes back before that time. */
  goesBehind: boolean;
  /** Number of pages in the list. */
  count: number;
}

/**
 * Lists what changed in a program, the oldest change first, deleted tracked entities included.
 *
 * A tracked entity that is changed while we read moves to the end of the list, so that those after
 * it move up and may slip from a page that is still to be read to one that was read. For this
 * reason a page is requested by time, not by number: from the last change of the page before. If
 * that leads no further, because more tracked entities share one time than a page holds, the rest
 * is read by number, from the last page to the first: then an entity that moves up is only seen
 * twice.
 *
 * Servers differ in the precision of `updatedAfter`: many up to 2.40 use only the day, 2.41 the
 * second. What they return in excess is omitted here.
 *
 * @param from time to begin at, included; undefined for the very first change
 * @param pageSize changes in one request
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

/** Reads the list from its last page back to the first page that holds nothing more. */
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
    // One millisecond earlier, so that it does not matter whether the server includes the time
    // itself.
    ...(from === undefined ? {} : { updatedAfter: localTime(from - 1) }),
    includeDeleted: true,
    order: reader.changeOrder,
    fields: LISTED,
    page,
    pageSize,
    // A short page need not be the last one: the server removes from a page what the account may
    // not see.
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

/** Entities of one time are sorted by id: the servers' own order differs between versions. */
function inOrder(changes: Change[]): Change[] {
  return changes.sort((a, b) => a.ms - b.ms || (a.trackedEntity < b.trackedEntity ? -1 : 1));
}
