import type { DescribedProgram } from '#common/handover/described-program.js';
import type {
  FetchedTrackedEntityBatch,
  TrackerCursor,
} from '#common/handover/fetched-tracked-entity-batch.js';
import type { StepReport } from '#common/reporting/report.js';
import type { Dhis2Client } from '../../client/client.js';
import { identifyBound } from '../../client/identify.js';
import { trackerDialect } from '../dialect.js';
import { createProgramReader } from '../program-reader.js';
import { readProgramRules } from '../rules/read-program-rules.js';
import { areAtCases, relationshipsOfOthers } from './are-at-cases.js';
import { choosePrograms } from './choose-programs.js';
import { chooseScope } from './choose-scope.js';
import { describePrograms } from './describe-programs.js';
import { createEntityCollector } from './entity-collector.js';
import { linkPeople } from './link-people.js';
import { nameOrgUnits } from './name-org-units.js';
import type { ResolvedTrackerFetch } from './options.js';
import { beginPass, type Pass } from './pass.js';
import { readAgain } from './read-again.js';
import { type ProgramSource, readProgram } from './read-program.js';
import { type Resumed, resume } from './resume.js';

/**
 * Reads what changed since the last run, cases before contacts, until the batch is full. People
 * whom an earlier run could not write are read again if there is room.
 *
 * Requests: one for each page of cases, and two for each page of contacts, because some may be
 * cases; one for every twenty pages of changes, for every 250 people whose program shows no link to
 * Go.Data, and for every 400 org units; and a few for the server, the programs, their rules, what
 * the account may read, and the roots.
 *
 * @param given where the last run ended
 * @throws IntegrationError `UNKNOWN_PROGRAM`, `UNKNOWN_ORG_UNIT`, `SEARCH_LIMITED`, `FOREIGN_STATE`...
 * (configuration)
 */
export async function fetchTrackedBatch(
  client: Dhis2Client,
  options: ResolvedTrackerFetch,
  given: TrackerCursor,
): Promise<{ batch: FetchedTrackedEntityBatch; report: StepReport }> {
  const words = [options.program, options.contactProgram].filter(word => word !== undefined);
  // Before anything is looked up: another DHIS2 rarely has the programs.
  const dhis2 = await identifyBound(client, given.boundTo);
  const programs = await choosePrograms(client, words);
  const resumed = await resume(client, given, dhis2, programs, options);
  const { cursor } = resumed;
  const isFirst = given.boundTo === undefined && !given.retry && !given.waiting;
  const tracks = await createTracks(client, options, programs, resumed);
  const collector = createEntityCollector(options.batchSize, options.room);
  let more = false;
  let relationshipsOf: ProgramSource['relationshipsOf'];
  const next: TrackerCursor = {};
  for (const { key, source, pass } of tracks) {
    // Contacts wait until all cases are read: otherwise somebody who has just become a case would
    // be both.
    if (!more) {
      const read = await readProgram({ ...source, relationshipsOf }, pass, collector);
      more = read.more;
      // Later runs read a contact without its cases.
      const hasAllCases = isFirst && read.isWhole && pass.from === undefined;
      if (key === 'cases' && hasAllCases && tracks.length > 1 && (await areAtCases(client))) {
        relationshipsOf = relationshipsOfOthers(collector.list());
      }
    }
    const position = pass.position(more);
    if (position) next[key] = position;
  }
  const retry = await readAgain(
    tracks.map(({ source }) => source),
    cursor.retry ?? [],
    collector,
  );
  if (retry.length > 0) next.retry = retry;
  if (cursor.waiting) next.waiting = cursor.waiting;
  next.boundTo = resumed.bind(next, more);
  const entities = await linkPeople(client, collector.list());
  // After the people: what the account could not read at this moment was not read before either.
  const ids = tracks.map(({ source }) => source.own.program);
  const read = entities.length > 0 ? await describePrograms(client, ids) : undefined;
  return {
    batch: {
      entities,
      orgUnits: await nameOrgUnits(client, entities),
      ...(read ? { programs: byKind(tracks, read.programs) } : {}),
      ...(read && read.unreadable.length > 0 ? { unreadable: read.unreadable } : {}),
      ...(read ? { relationshipTypes: read.relationshipTypes, optionSets: read.optionSets } : {}),
      ...(relationshipsOf ? { relationshipsAtCases: true } : {}),
      next,
      more,
    },
    report: {
      read: entities.length,
      ...(resumed.warnings.length > 0 ? { warnings: resumed.warnings } : {}),
      ...client.usage,
    },
  };
}

/** The programs by the kind of their people. */
function byKind(
  tracks: readonly Track[],
  programs: readonly DescribedProgram[],
): NonNullable<FetchedTrackedEntityBatch['programs']> {
  const found: NonNullable<FetchedTrackedEntityBatch['programs']> = {};
  for (const { source } of tracks) {
    const program = programs.find(({ id }) => id === source.own.program);
    if (program) found[source.kind] = program;
  }
  return found;
}

/** The position of a run in the changes of one program. */
interface Track {
  key: 'cases' | 'contacts';
  source: ProgramSource;
  pass: Pass;
}

async function createTracks(
  client: Dhis2Client,
  { roots, overlapMs, pageSize }: ResolvedTrackerFetch,
  programs: readonly string[],
  { cursor, since, present }: Resumed,
): Promise<Track[]> {
  const { minor } = await client.systemInfo();
  const dialect = trackerDialect(minor);
  const scope = await chooseScope(client, dialect, roots);
  const rules = await readProgramRules(client, programs);
  const [cases, contacts] = programs.map(id =>
    createProgramReader(client, dialect, id, scope, rules.get(id)?.assignments),
  );
  // A first day applies to a first run. Contacts may not have had theirs when cases already have.
  const first = cursor.cases || cursor.contacts ? undefined : since;
  const times = { since: first, overlapMs, present };
  const track = (key: Track['key'], source: Omit<ProgramSource, 'pageSize'>): Track => ({
    key,
    source: { ...source, pageSize },
    pass: beginPass(cursor[key], times),
  });
  return [
    track('cases', { kind: 'case', own: cases!, other: contacts }),
    ...(contacts ? [track('contacts', { kind: 'contact', own: contacts, other: cases })] : []),
  ];
}
