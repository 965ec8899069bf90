import type { StepReport } from '../../../../../common/src/report.js';
import type {
  TrackedEntity,
  TrackedEntityBatch,
  TrackerCursor,
} from '../../../../../common/src/tracked-entity-batch.js';
import type { Dhis2Client } from '../../client.js';
import { trackerDialect } from '../dialect.js';
import { createProgramReader } from '../program-reader.js';
import { type Basket, createBasket } from './basket.js';
import { choosePrograms } from './choose-programs.js';
import { chooseScope } from './choose-scope.js';
import { nameOrgUnits } from './name-org-units.js';
import type { ResolvedTrackerFetch } from './options.js';
import { beginPass, type Pass } from './pass.js';
import { type ProgramSource, readPeople, readProgram } from './read-program.js';

/**
 * Reads what has changed since the last run, cases before contacts, until the batch is full. What an
 * earlier run could not write is read again where there is room left.
 *
 * Requests: one for each page of tracked entities, two where there are two programs, and one for 2,000
 * changes and for 400 org units; one or two each for the programs, the server and the roots.
 *
 * @throws IntegrationError `UNKNOWN_PROGRAM`, `UNKNOWN_ORG_UNIT`, `SEARCH_LIMITED`... (configuration)
 */
export async function fetchTrackedBatch(
  client: Dhis2Client,
  options: ResolvedTrackerFetch,
  cursor: TrackerCursor,
): Promise<{ batch: TrackedEntityBatch; report: StepReport }> {
  const tracks = await createTracks(client, options, cursor);
  const basket = createBasket(options.batchSize);
  let more = false;
  const next: TrackerCursor = {};
  for (const { key, source, pass } of tracks) {
    // Contacts wait until every case has been read, or whoever has become one would be both.
    more ||= await readProgram(source, pass, basket);
    const position = pass.position(more);
    if (position) next[key] = position;
  }
  const retry = await readAgain(tracks, cursor.retry ?? [], basket);
  if (retry.length > 0) next.retry = retry;
  if (cursor.waiting) next.waiting = cursor.waiting;
  const entities = basket.list();
  return {
    batch: { entities, orgUnits: await nameOrgUnits(client, entities), next, more },
    report: { read: entities.length, requests: client.requests },
  };
}

/** A program on its way through its changes. */
interface Track {
  key: 'cases' | 'contacts';
  source: ProgramSource;
  pass: Pass;
}

async function createTracks(
  client: Dhis2Client,
  { program, contactProgram, roots, overlapMs, pageSize, since }: ResolvedTrackerFetch,
  cursor: TrackerCursor,
): Promise<Track[]> {
  const { minor } = await client.systemInfo();
  const dialect = trackerDialect(minor);
  const words = contactProgram === undefined ? [program] : [program, contactProgram];
  const programs = await choosePrograms(client, words);
  const scope = await chooseScope(client, dialect, roots);
  const [cases, contacts] = programs.map(id => createProgramReader(client, dialect, id, scope));
  // A first day is for a first run; contacts may not have had theirs when cases already have.
  const first = cursor.cases || cursor.contacts ? undefined : since;
  const track = (key: Track['key'], source: Omit<ProgramSource, 'pageSize'>): Track => ({
    key,
    source: { ...source, pageSize },
    pass: beginPass(cursor[key], first, overlapMs),
  });
  return [
    track('cases', { kind: 'case', own: cases!, other: contacts }),
    ...(contacts ? [track('contacts', { kind: 'contact', own: contacts, other: cases })] : []),
  ];
}

/**
 * Reads tracked entities that have not changed since they were rejected. Who is no longer there is
 * dropped: the change that took them away is passed on like any other.
 *
 * @returns ids that there was no room for
 */
async function readAgain(
  tracks: readonly Track[],
  ids: readonly string[],
  basket: Basket,
): Promise<string[]> {
  let left = [...new Set(ids)].filter(id => !basket.get(id));
  while (left.length > 0 && basket.room > 0) {
    const chunk = left.slice(0, Math.min(tracks[0]!.source.pageSize, basket.room));
    const found = new Map<string, TrackedEntity>();
    for (const { source } of tracks) {
      const unfound = chunk.filter(id => !found.has(id));
      for (const [id, entity] of await readPeople(source, unfound)) found.set(id, entity);
    }
    const refused = chunk.findIndex(id => found.has(id) && !basket.put(found.get(id)!));
    if (refused >= 0) return left.slice(refused);
    left = left.slice(chunk.length);
  }
  return left;
}
