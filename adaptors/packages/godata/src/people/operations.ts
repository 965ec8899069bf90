import { stampHost } from '#common/binding/stamp-host.js';
import { readBrake } from '#common/brake/large-change.js';
import type { TwoWayCursor } from '#common/handover/fetched-people-batch.js';
import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import type { MappedPeopleBatch } from '#common/handover/mapped-people-batch.js';
import { fromDhis2, isFromDhis2UnderWay } from '#common/handover/two-way-cursor.js';
import { noInput, readDryRun } from '#common/operations/step-input.js';
import { openKeptMemory } from '#common/ownership/index.js';
import { checkDescribedOptions } from '#common/people-mapping/check-described-options.js';
import { createCodedTables } from '#common/people-mapping/coded-tables.js';
import { declareRows } from '#common/people-mapping/declare-rows.js';
import { namedInGoData } from '#common/people-mapping/named-in-godata.js';
import { oldMapping } from '#common/people-mapping/old-mapping.js';
import type { PeopleMapping } from '#common/people-mapping/people-mapping.js';
import { badPeopleMapping } from '#common/people-mapping/problems.js';
import { declare } from '#common/reporting/declaration.js';
import { finishPeople } from '#common/reporting/finish-people.js';
import { nextState } from '#common/reporting/next-state.js';
import { readOnRejected } from '#common/reporting/on-rejected.js';
import { type State, withWarnings } from '#common/reporting/report.js';
import { GoDataClient } from '../client/client.js';
import type { GoDataConfiguration } from '../client/configuration.js';
import { fetchPeopleBatch } from './fetch/fetch-batch.js';
import { type FetchPeopleOptions, readPeopleCursor, resolvePeopleFetch } from './fetch/options.js';
import { countGiven } from './map/count-given.js';
import { fromRows } from './map/from-rows.js';
import { mapWithFunctions } from './map/map-with-functions.js';
import { noTrackedEntities, readMapping, toOptions } from './map/read-people-mapping.js';
import { resolveUpsert, type UpsertCasesOptions } from './upsert/options.js';
import { upsertPeople } from './upsert/upsert-people.js';

/**
 * Writes the mapped cases and contacts to Go.Data, with their relationships and lab results. It
 * finds their outbreaks, or creates them if the job says so, reads the existing records, makes a plan and writes only the
 * differences. Data that users added in Go.Data stay. A second run directly after the first writes
 * nothing.
 *
 * A field that both systems may change (`owner` of a row) is compared with its value when both
 * systems last agreed. If it was changed in both, to different values, the field is rejected with
 * `CONFLICT`; the rest of the person is written.
 *
 * @public
 * @function
 * @param {UpsertCasesOptions} options - outbreak, visualIds, memory, largeChange, onRejected
 * @returns {Operation}
 * @state {MappedPeopleBatch} data - Input: people. Output: `plan`, the table of what changed
 * @state report - Under `upsert-cases`: created, updated, unchanged, deleted, rejected, leftOut
 * @state memory - The values on which both systems last agreed, unless a collection keeps them
 * @state cursor - Where the next run begins
 * @state more - Whether there is more to do: changes in the source, or people who were written in part
 * @state dryRun - Optional input: true stops after the plan
 * @state allowLargeChange - Optional input: true takes away more than `largeChange` allows
 * @example <caption>One outbreak, created if it does not exist</caption>
 * upsertCases({
 *   outbreak: { name: 'Cholera 2026', create: true, parameters: { periodOfFollowup: 14 } },
 * });
 * @example <caption>One outbreak for each district</caption>
 * upsertCases({ outbreak: { each: { level: 3 } } });
 */
export function upsertCases(options: UpsertCasesOptions) {
  return async <S extends State>(state: S) => {
    const onRejected = readOnRejected(options);
    const resolved = resolveUpsert(options, state);
    const batch = state.data as MappedPeopleBatch | undefined;
    if (!Array.isArray(batch?.people)) throw noInput('NO_PEOPLE', 'people', 'maps them');
    const { dryRun: isDry, allowLargeChange, today: given, since: _since, cursor, ...rest } = state;
    const former = cursor as TwoWayCursor | undefined;
    const dryRun = readDryRun(isDry);
    const brake = readBrake(options, state, dryRun);
    const today = typeof given === 'string' ? given : new Date().toISOString().slice(0, 10);
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const kept = await openKeptMemory(state, resolved.memory, batch.owners);
    const { memory } = kept;
    const {
      plan,
      report,
      cursor: reached,
    } = await upsertPeople(client, batch, resolved, {
      brake,
      today,
      memory,
      boundTo: former?.boundTo,
    });
    // A dry run wrote nothing, so the next run must begin at the same place.
    const place = dryRun ? former : fromDhis2(stampHost(reached), former);
    const left = dryRun ? {} : await kept.keep(place);
    return finishPeople(
      state,
      {
        ...rest,
        ...left,
        ...(place ? { cursor: place } : {}),
        more: batch.more || (!dryRun && isFromDhis2UnderWay(reached)),
      },
      {
        step: 'upsert-cases',
        before: ['fetch-tracked-entities', 'map-cases'],
        onRejected,
        earlier: former?.cases || former?.contacts ? { retried: former.retry ?? [] } : undefined,
        // The steps after this one belong to the same run, so they need to know that it is dry, and
        // what it may do.
        data: dryRun ? { plan, dryRun } : { plan },
        report: withWarnings(
          allowLargeChange ? { ...report, allowLargeChange } : report,
          dryRun ? [] : kept.warnings,
        ),
      },
      { ids: batch.people.map(({ id }) => id), target: 'Go.Data' },
    );
  };
}

/**
 * Reads the people of an outbreak who changed since the last run: cases, contacts and contacts of
 * contacts. A change of a relationship, lab result or follow-up counts as a change of its people.
 * Each person comes with all related records; a deleted person comes as deleted. Events are not
 * read.
 *
 * It does not move the cursor. A later step moves it, when all people are written or reported. It
 * only reads, so the outbreak need not be the active one.
 *
 * @public
 * @function
 * @param {FetchPeopleOptions} options - outbreak, overlapMinutes, pageSize, batchSize
 * @returns {Operation}
 * @state {FetchedPeopleBatch} data - The people, their relationships, where the next run begins, and whether there are more changes
 * @state report - Under `fetch-people`: read, leftOut
 * @state {TwoWayCursor} cursor - Optional input: where an earlier run ended, in `people`
 * @state since - Optional input, `yyyy-MM-dd`: the first day of a first run, without a cursor
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
    // What holds for the other direction, in the same workflow, holds for this one too.
    const { dryRun } = (state.data ?? {}) as State;
    const { allowLargeChange } = state.report?.['upsert-cases'] ?? {};
    const input = {
      ...state,
      ...(dryRun ? { dryRun } : {}),
      ...(allowLargeChange ? { allowLargeChange } : {}),
    };
    return nextState(input, 'fetch-people', batch, report);
  };
}

/**
 * Maps tracked entities to cases and contacts, by the rows of one mapping that is read both ways.
 * The same job maps people of Go.Data to tracked entities when it runs with DHIS2's adaptor.
 *
 * The mapping is checked whole before anybody is mapped: every row against the programs, their
 * attributes, stages and data elements, which may be named by id, code or exact name. All problems
 * are listed at once. DHIS2 owns a field that a row gives, unless its `owner` says otherwise: a
 * field without a value is cleared. The tracked entity's id is added as a document, by which later
 * runs find the person.
 *
 * An option code that is not in its table leaves the field empty and is reported with its count. A
 * person with an invalid date is rejected, and the next run tries again; other people are not
 * affected.
 *
 * @public
 * @function
 * @param {PeopleMapping} mapping - case, contact, contactOfContact, relationship, labResults,
 * followUps, required, vaccines, server, linkAttribute, findBy, whenDeleted
 * @returns {Operation}
 * @state {MappedPeopleBatch} data - Input: tracked entities. Output: people and relationships
 * @state report - Under `map-cases`: read, leftOut, rejected
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
  const operation = <S extends State>(state: S) => {
    const batch = state.data as Partial<FetchedTrackedEntityBatch> | undefined;
    if (!Array.isArray(batch?.entities)) throw noTrackedEntities(state.data);
    const read = readMapping(mapping, batch);
    const tables = createCodedTables();
    const result = mapWithFunctions(fromRows(read, tables), toOptions(read), mapping)(state);
    // Tables that only functions of rows name are known when people have been mapped.
    const { programs = {}, optionSets = {} } = batch;
    const problems = checkDescribedOptions(tables.list(), Object.values(programs), optionSets);
    if (problems.length > 0) throw badPeopleMapping(problems);
    const mapped = { ...result, data: { ...result.data, named: namedInGoData(read) } };
    const { people } = mapped.data;
    if (people.length === 0) return mapped;
    const report = { ...mapped.report['map-cases'], given: countGiven(people) };
    return { ...mapped, report: { ...mapped.report, 'map-cases': report } };
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
export function mapCases(): never {
  throw oldMapping('mapCases');
}
