import type { TwoWayCursor } from '#common/handover/fetched-people-batch.js';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import type { MappedPeopleBatch } from '#common/handover/mapped-people-batch.js';
import { fromDhis2, isFromDhis2UnderWay } from '#common/handover/two-way-cursor.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { openKeptMemory } from '#common/ownership/index.js';
import { nextState, type State } from '#common/reporting/report.js';
import { GoDataClient } from '../client/client.js';
import type { GoDataConfiguration } from '../client/configuration.js';
import { fetchPeopleBatch } from './fetch/fetch-batch.js';
import { type FetchPeopleOptions, readPeopleCursor, resolvePeopleFetch } from './fetch/options.js';
import { mapBatch as mapPeople } from './map/map-batch.js';
import { type CaseMapping, readMapping } from './map/mapping.js';
import { type MapCasesOptions, readMapOptions as readMapCasesOptions } from './map/options.js';
import { resolveUpsert, type UpsertCasesOptions } from './upsert/options.js';
import { upsertPeople } from './upsert/upsert-people.js';

/**
 * Brings Go.Data's cases and contacts, with their relationships and lab results, to the mapped ones:
 * finds or creates their outbreaks, reads what is there, plans, and applies only differences. What
 * people have added in Go.Data stays. Running again at once writes nothing.
 *
 * Fields that both systems may change (`owners` of mapCases) are compared with what both had when they
 * last agreed; one that was changed in both, to different values, is rejected with `CONFLICT`, and the
 * rest of the person is written.
 *
 * @public
 * @function
 * @param {UpsertCasesOptions} options - outbreak, visualIds, memory
 * @returns {Operation}
 * @state {MappedPeopleBatch} data - Input: people. Output: `plan`, the table of what changed
 * @state report - Under `upsert-cases`: created, updated, unchanged, deleted, rejected, leftOut
 * @state memory - What both systems last agreed on, where it is not in a collection
 * @state cursor - Where the next run goes on
 * @state more - Whether there is more to do: in the source, or of people written in part
 * @state dryRun - Optional input: true stops after the plan
 * @example <caption>One outbreak, created when it is not there</caption>
 * upsertCases({ outbreak: { name: 'Cholera 2026', create: { periodOfFollowup: 14 } } });
 * @example <caption>One outbreak for each district</caption>
 * upsertCases({ outbreak: { each: { level: 3 } } });
 */
export function upsertCases(options: UpsertCasesOptions) {
  return async <S extends State>(state: S) => {
    const resolved = resolveUpsert(options, state);
    const batch = state.data as MappedPeopleBatch | undefined;
    if (!Array.isArray(batch?.people)) throw noInput('NO_PEOPLE', 'people', 'maps them');
    const { dryRun: isDry, today: given, since: _since, cursor, ...rest } = state;
    const former = cursor as TwoWayCursor | undefined;
    const dryRun = readDryRun(isDry);
    const today = typeof given === 'string' ? given : new Date().toISOString().slice(0, 10);
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const kept = await openKeptMemory(state, resolved.memory);
    const { memory } = kept;
    const {
      plan,
      report,
      cursor: reached,
    } = await upsertPeople(client, batch, resolved, {
      dryRun,
      today,
      memory,
    });
    // What a dry run has not written must be met again.
    const place = dryRun ? former : fromDhis2(reached, former);
    const left = dryRun ? {} : await kept.keep();
    return nextState(
      {
        ...rest,
        ...left,
        ...(place ? { cursor: place } : {}),
        more: batch.more || (!dryRun && isFromDhis2UnderWay(reached)),
      },
      'upsert-cases',
      // A step behind this one belongs to the same run.
      dryRun ? { plan, dryRun } : { plan },
      report,
    );
  };
}

/**
 * Reads what has changed in an outbreak since the last run: cases, contacts and contacts of contacts
 * that were changed, or one of their relationships, lab results or follow-ups was; each with everything
 * that belongs to it. Those that were deleted come as such. Events do not come.
 *
 * Does not move the cursor: a later step does, when all of it is written or reported. Only reads, so
 * the outbreak need not be the active one.
 *
 * @public
 * @function
 * @param {FetchPeopleOptions} options - outbreak, overlapMinutes, pageSize, batchSize
 * @returns {Operation}
 * @state {FetchedPeopleBatch} data - The people, their relationships, where the next run goes on, and whether there is more
 * @state report - Under `fetch-people`: read, leftOut
 * @state {TwoWayCursor} cursor - Optional input: where an earlier run ended, in `people`
 * @state since - Optional input, `yyyy-MM-dd`: the first day, where there is no cursor yet
 * @state batchSize - Optional input: people of this run
 * @example
 * fetchPeople({ outbreak: { name: 'Cholera 2026' } });
 */
export function fetchPeople(options: FetchPeopleOptions) {
  return async <S extends State>(state: S) => {
    const resolved = resolvePeopleFetch(options, state);
    const cursor = readPeopleCursor(state.cursor);
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { batch, report } = await fetchPeopleBatch(client, resolved, cursor);
    // Behind a dry run of the other way, in one workflow, this one is dry as well.
    const { dryRun } = (state.data ?? {}) as { dryRun?: true };
    const input = dryRun ? { ...state, dryRun } : state;
    return nextState(input, 'fetch-people', batch, report);
  };
}

/**
 * Makes cases and contacts of tracked entities, by functions that give the fields of one. A field that
 * a function gives is DHIS2's, and is cleared where it has no value; one that it leaves out is
 * Go.Data's. The tracked entity's id is added as a document, by which later runs find the person.
 *
 * Names of fields that Go.Data does not have stop the run. An option code that a table does not have
 * leaves its field empty, and is reported with its count. A person with an invalid date or age is
 * rejected and tried again by the next run; the others go on.
 *
 * @public
 * @function
 * @param {CaseMapping} mapping - Functions `case`, `contact`, `relationship` and `labResults`
 * @param {MapCasesOptions} [options] - whenDeleted, relationshipTypes, vaccines, link, owners, server
 * @returns {Operation}
 * @state {MappedPeopleBatch} data - Input: tracked entities. Output: people and relationships
 * @state report - Under `map-cases`: read, leftOut, rejected
 * @example
 * const sexes = referenceIds('GENDER', { MALE: 'MALE', FEMALE: 'FEMALE' });
 * const toPerson = person => ({
 *   lastName: person.attribute('ENRjVGxVL6l'),
 *   gender: person.code('sex', sexes, person.attribute('oindugucx72')),
 *   dateOfReporting: person.enrolledAt,
 *   addresses: [{ locationId: person.orgUnit }],
 * });
 * mapCases({ case: toPerson, contact: toPerson });
 */
export function mapCases(mapping: CaseMapping, options: MapCasesOptions = {}) {
  return <S extends State>(state: S) => {
    const functions = readMapping(mapping);
    const read = readMapCasesOptions(options);
    const entities = state.data as FetchedTrackedEntityBatch | undefined;
    if (!Array.isArray(entities?.entities)) {
      throw noInput('NO_TRACKED_ENTITIES', 'tracked entities', 'fetches them');
    }
    const { batch, report } = mapPeople(entities, functions, read);
    return nextState(state, 'map-cases', batch, report);
  };
}
