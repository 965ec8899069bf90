import { stampHost } from '#common/binding/stamp-host.js';
import { readBrake } from '#common/brake/large-change.js';
import type { FetchedPeopleBatch, TwoWayCursor } from '#common/handover/fetched-people-batch.js';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import { fromGoData, isFromDhis2UnderWay } from '#common/handover/two-way-cursor.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { openKeptMemory } from '#common/ownership/index.js';
import { codedTables } from '#common/people-mapping/coded-tables.js';
import { declareRows } from '#common/people-mapping/declare-rows.js';
import { oldMapping } from '#common/people-mapping/old-mapping.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { numberPaths, rowsByOrgUnit } from '#common/people-mapping/rows-by-path.js';
import { declare } from '#common/reporting/declaration.js';
import { finishPeople } from '#common/reporting/finish-people.js';
import { nextState } from '#common/reporting/next-state.js';
import { readOnRejected } from '#common/reporting/on-rejected.js';
import { type State, withWarnings } from '#common/reporting/report.js';
import { Dhis2Client } from '../client/client.js';
import type { Dhis2Configuration } from '../client/configuration.js';
import { accessOf } from '../client/rest/request.js';
import { fetchTrackedBatch } from './fetch/fetch-batch.js';
import {
  type FetchTrackedEntitiesOptions,
  readTrackerCursor,
  resolveTrackerFetch,
} from './fetch/options.js';
import { fromRows } from './map/from-rows.js';
import { mapWithFunctions } from './map/map-with-functions.js';
import { noPeople, readMapping, toOptions } from './map/read-people-mapping.js';
import { resolveUpsert, type UpsertTrackedEntitiesOptions } from './upsert/options.js';
import { upsertBatch } from './upsert/upsert-batch.js';

/**
 * Reads the tracked entities that changed since the last run, deleted ones included, with their
 * enrollments, events and relationships: the people of a case program and, if the job names one, of
 * a contact program. A person in both programs is a case.
 *
 * Does not move the cursor: a later step does, after everything is written or reported.
 *
 * @public
 * @function
 * @param {FetchTrackedEntitiesOptions} options - program, contactProgram, roots, overlapMinutes,
 * pageSize, batchSize
 * @returns {Operation}
 * @state {FetchedTrackedEntityBatch} data - The tracked entities, where the next run continues, and
 * whether there is more
 * @state report - Under `fetch-tracked-entities`: read
 * @state {TrackerCursor} cursor - Optional input: where an earlier run ended
 * @state since - Optional input, `yyyy-MM-dd`: the first day, if there is no cursor yet
 * @state batchSize - Optional input: tracked entities of this run
 * @example <caption>WHO's COVID-19 packages, in one region</caption>
 * fetchTrackedEntities({
 *   program: 'uYjxkTbwRNf',
 *   contactProgram: 'DM9n1bUw8W8',
 *   roots: ['O6uvpzGd5pu'],
 * });
 */
export function fetchTrackedEntities(options: FetchTrackedEntitiesOptions) {
  return async <S extends State>(state: S) => {
    const resolved = resolveTrackerFetch(options, state);
    const cursor = readTrackerCursor(state.cursor);
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { batch, report } = await fetchTrackedBatch(client, resolved, cursor);
    return nextState(state, 'fetch-tracked-entities', batch, report);
  };
}

/**
 * Maps the people of an outbreak to tracked entities, by the rows of one mapping that is read both
 * ways. The same job maps tracked entities to cases and contacts when it runs with Go.Data's
 * adaptor.
 *
 * What a row gives is written, null clears a value, and what no row gives is never touched. Each
 * lab result and follow-up of Go.Data has an event of its own; a stage that is not repeatable has
 * one event for the person. What came from DHIS2 does not go back.
 *
 * All problems of the rows stop the run and are listed at once. Where the mapping names objects by
 * code or name, this step reads the programs. Reference data that a table does not have leaves the
 * value in DHIS2 as it is, and is reported with its count. A person with an invalid date is
 * rejected and tried again by the next run; the others go on.
 *
 * @public
 * @function
 * @param {PeopleMapping} mapping - case, contact, contactOfContact, relationship, labResults,
 * followUps, required, vaccines, server, linkAttribute, findBy, whenDeleted
 * @returns {Operation}
 * @state {MappedTrackedEntityBatch} data - Input: people of an outbreak. Output: tracked entities
 * and relationships
 * @state report - Under `map-tracked-entities`: read, leftOut, rejected
 * @example
 * const rows = [
 *   row('lastName', attribute('ENRjVGxVL6l')),
 *   row('gender', attribute('oindugucx72'), { codes: codes('GENDER', { MALE: 'MALE', FEMALE: 'FEMALE' }) }),
 *   row('dateOfReporting', enrolledAt()),
 *   row('addresses.locationId', orgUnit(), { owner: 'dhis2' }),
 * ];
 * mapPeople({ case: { program: 'uYjxkTbwRNf', rows } });
 */
export function mapPeople(mapping: PeopleMapping) {
  const operation = async <S extends State>(state: S) => {
    const people = state.data as Partial<FetchedPeopleBatch> | undefined;
    if (!Array.isArray(people?.people)) throw noPeople(state.data);
    const client = () => new Dhis2Client(state.configuration as Dhis2Configuration);
    const { mapping: read, findings } = await readMapping(mapping, people, client);
    const result = mapWithFunctions(fromRows(read), toOptions(read), mapping)(state);
    const coded = codedTables(read);
    const namedOrgUnits = rowsByOrgUnit(read);
    const numbers = numberPaths(read, people.described?.numbers);
    const mapped = {
      ...result,
      data: {
        ...result.data,
        ...(coded.length > 0 ? { coded } : {}),
        ...(numbers.length > 0 ? { numbers } : {}),
        ...(Object.keys(namedOrgUnits).length > 0 ? { namedOrgUnits } : {}),
      },
    };
    if (!readDryRun(state.dryRun) || findings.length === 0) return mapped;
    const report = { ...mapped.report['map-tracked-entities'], findings };
    return { ...mapped, report: { ...mapped.report, 'map-tracked-entities': report } };
  };
  return declare(operation, { rows: () => declareRows(mapping) });
}

/**
 * The former operation, for mappings that were functions. It stops with `OLD_MAPPING`: `mapPeople`
 * has replaced it.
 *
 * @public
 * @function
 * @returns {Operation}
 * @example <caption>Now</caption>
 * mapPeople({ case: { program: 'uYjxkTbwRNf', rows: [row('lastName', attribute('ENRjVGxVL6l'))] } });
 */
export function mapTrackedEntities(): never {
  throw oldMapping('mapTrackedEntities');
}

/**
 * Writes the mapped people to DHIS2: tracked entities, enrollments, events and relationships. First
 * it checks the mapping against the programs; if something does not fit, the run stops and lists
 * all of it. Then it reads what DHIS2 has, and sends only objects that differ. What the mapping
 * omits stays as it is. A second run right after writes nothing.
 *
 * A person is written whole or not at all. A value that DHIS2 refuses and that is not mandatory is
 * omitted and reported; a refused mandatory value holds back the person.
 *
 * Fields that both systems may change (`owner` of a row) are compared with what both
 * had when they last agreed. A field that was changed in both, to different values, is rejected
 * with `CONFLICT`, and the rest of the person is written.
 *
 * @public
 * @function
 * @param {UpsertTrackedEntitiesOptions} [options] - async, chunkSize, recreate, validateInDryRun,
 * memory, largeChange, onRejected
 * @returns {Operation}
 * @state {MappedTrackedEntityBatch} data - Input: people and relationships. Output: `plan`, the
 * table of changes
 * @state report - Under `upsert-tracked-entities`: created, updated, unchanged, deleted, rejected,
 * adjusted, leftOut
 * @state memory - What both systems last agreed on, unless it is in a collection
 * @state cursor - Where the next run continues
 * @state more - Whether there is more to do, in this direction or the other
 * @state dryRun - Optional input: true stores nothing, and asks DHIS2 what it would refuse
 * @state allowLargeChange - Optional input: true takes away more than `largeChange` allows
 * @state validateInDryRun - Optional input: false stops a dry run after the plan
 * @example
 * upsertTrackedEntities();
 * @example <caption>A slow server, and people who are created again when they are deleted in
 * DHIS2</caption>
 * upsertTrackedEntities({ async: true, chunkSize: 200, recreate: true });
 */
export function upsertTrackedEntities(options: UpsertTrackedEntitiesOptions = {}) {
  return async <S extends State>(state: S) => {
    const onRejected = readOnRejected(options);
    const { validateInDryRun = options.validateInDryRun } = state;
    const resolved = resolveUpsert({ ...options, validateInDryRun });
    const batch = state.data as MappedTrackedEntityBatch | undefined;
    if (!Array.isArray(batch?.entities)) {
      throw noInput('NO_PEOPLE', 'people', 'maps them');
    }
    const {
      dryRun: isDry,
      allowLargeChange: _allowed,
      today: _today,
      since: _since,
      cursor,
      ...rest
    } = state;
    const former = cursor as TwoWayCursor | undefined;
    const dryRun = readDryRun(isDry);
    const kept = await openKeptMemory(state, resolved.memory, batch.owners);
    const { memory } = kept;
    const suspects = former?.people?.retry;
    const boundTo = former?.people?.boundTo;
    const brake = readBrake(options, state, dryRun);
    const context = { brake, memory, suspects, boundTo };
    const result = await upsertBatch(accessOf(state), batch, resolved, context);
    // A dry run has written nothing: the next run must read the same changes again.
    const place = dryRun ? former : fromGoData(stampHost(result.cursor), former);
    const left = dryRun ? {} : await kept.keep(place);
    const isBothWays = state.report?.['upsert-cases'] !== undefined;
    return finishPeople(
      state,
      {
        ...rest,
        ...left,
        ...(place ? { cursor: place } : {}),
        // In a two-way run the other way may have more as well.
        more:
          batch.more ||
          (!dryRun && isBothWays && place !== undefined && isFromDhis2UnderWay(place)),
      },
      {
        step: 'upsert-tracked-entities',
        before: ['fetch-people', 'map-tracked-entities'],
        onRejected,
        earlier: former?.people && { retried: suspects ?? [] },
        // A step after this one belongs to the same dry run.
        data: dryRun ? { plan: result.plan, dryRun } : { plan: result.plan },
        report: withWarnings(result.report, dryRun ? [] : kept.warnings),
      },
      { ids: batch.entities.map(({ id }) => id), target: 'DHIS2' },
    );
  };
}
