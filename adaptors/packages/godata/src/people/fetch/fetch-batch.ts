import type { FetchedPeopleBatch, PeopleCursor } from '#common/handover/fetched-people-batch.js';
import { createLeftOutLedger } from '#common/reporting/left-out.js';
import type { StepReport } from '#common/reporting/report.js';
import type { GoDataClient } from '../../client/client.js';
import { findOutbreak } from '../../client/find-outbreak.js';
import { assertMayList } from './assert-may-list.js';
import { chooseChangeTime } from './change-time.js';
import { beginFullPass } from './full-pass.js';
import { CHANGE_LISTS, type ListName } from './list/change-lists.js';
import type { ResolvedPeopleFetch } from './options.js';
import { createPeopleCollector } from './people-collector.js';
import { nameLocations } from './read/name-locations.js';
import { nameOptions } from './read/name-options.js';
import { readMetadataOf } from './read/read-metadata-of.js';
import { readOthers } from './read/read-others.js';
import { readAgain } from './read-again.js';
import { type Reading, readChanges } from './read-changes.js';
import { resume } from './resume.js';
import type { Source } from './source.js';

/**
 * Reads what changed in an outbreak since the last run, until the batch is full: people who
 * changed, and people whose relationships, lab results or follow-ups changed. If there is room
 * left, it reads rejected people again.
 *
 * Requests: one for each page of changes; four for each 250 people, and one for each thousand of
 * their records; one for about 260 people at the other ends of relationships; and a few for the
 * reference data, the questionnaires, the outbreak, the permissions, the latest changes and the
 * locations.
 *
 * @param given where the last run ended
 * @throws IntegrationError `UNKNOWN_OUTBREAK`, `FOREIGN_STATE` (configuration),
 * `MISSING_PERMISSION`...
 */
export async function fetchPeopleBatch(
  client: GoDataClient,
  options: ResolvedPeopleFetch,
  given: PeopleCursor,
): Promise<{ batch: FetchedPeopleBatch; report: StepReport }> {
  const { createdAt, ...outbreak } = await findOutbreak(client, options.outbreak);
  await assertMayList(client, outbreak.id);
  const time = chooseChangeTime(await client.hasDbUpdatedAt(), options.overlapMinutes);
  const resumed = resume(client, given, { id: outbreak.id, createdAt }, time, options);
  const { cursor } = resumed;
  const source: Source = { client, outbreakId: outbreak.id, time, pageSize: options.pageSize };
  const fullPass = await beginFullPass(source, cursor, resumed);
  const collector = createPeopleCollector(options.batchSize, options.room);
  const leftOut = createLeftOutLedger();
  const reading: Reading = { source, fullPass, collector, absent: new Set(), leftOut };
  const next: PeopleCursor = {};
  let more = false;
  const isLeft = new Map<ListName, boolean>();
  for (const list of CHANGE_LISTS) {
    more ||= await readChanges(reading, list, fullPass.passes[list.name]);
    isLeft.set(list.name, more);
  }
  // What came with its people is handled: a list that ends in a later run does not read them again.
  for (const { list, id, time } of collector.versions()) fullPass.passes[list].know(id, time);
  for (const { name } of CHANGE_LISTS)
    next[name] = fullPass.passes[name].position(isLeft.get(name)!);
  const retry = await readAgain(reading, cursor.retry ?? []);
  if (retry.length > 0) next.retry = retry;
  const people = collector.people();
  const passed = more ? fullPass.passed(people) : undefined;
  if (passed) next.passed = passed;
  next.boundTo = resumed.bind(next, more);
  const relationships = collector.relationships();
  const known = new Set(people.map(({ id }) => id));
  const others = await readOthers(source, relationships, known);
  const [locations, metadata] = await Promise.all([
    nameLocations(client, [...people, ...Object.values(others)]),
    people.length > 0 ? readMetadataOf(client, outbreak.id) : undefined,
  ]);
  return {
    batch: {
      outbreak,
      ...(metadata ? { described: metadata.described } : {}),
      people,
      relationships,
      others,
      locations,
      optionCodes: nameOptions(people, metadata?.items ?? []),
      next,
      more,
    },
    report: {
      read: people.length,
      ...(leftOut.total() > 0 ? { leftOut: leftOut.list() } : {}),
      ...(resumed.warnings.length > 0 ? { warnings: resumed.warnings } : {}),
      ...client.usage,
    },
  };
}
