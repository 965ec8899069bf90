import { configurationError } from '../../../common/src/errors.js';
import type { FetchedLocationBatch } from '../../../common/src/fetched-location-batch.js';
import type { MappedEntityBatch } from '../../../common/src/mapped-entity-batch.js';
import type { MappedOrgUnitBatch } from '../../../common/src/mapped-org-unit-batch.js';
import { resolve } from '../../../common/src/options.js';
import type { OrgUnitPosition } from '../../../common/src/org-unit-batch.js';
import type {
  OutbreakPeopleBatch,
  TwoWayCursor,
} from '../../../common/src/outbreak-people-batch.js';
import { openKeptMemory } from '../../../common/src/ownership/index.js';
import { nextState, type State } from '../../../common/src/report.js';
import type { Tally } from '../../../common/src/tally.js';
import { fromGoData, isFromDhis2UnderWay } from '../../../common/src/two-way-cursor.js';
import { aggregateCounts } from './aggregate/aggregate.js';
import { type AggregateMapping, readMapping as readAggregate } from './aggregate/mapping.js';
import type { AggregateReport } from './aggregate/report-data.js';
import { Dhis2Client } from './client.js';
import type { Dhis2Configuration } from './configuration.js';
import { readUpsertOptions, type UpsertDataValuesOptions } from './data-values/options.js';
import { upsertReport } from './data-values/upsert.js';
import { type OptionSetChoice, resolveChoice } from './options/choice.js';
import { fetchSets } from './options/fetch-sets.js';
import { fetchBatch } from './org-units/fetch/fetch-org-units.js';
import { type FetchOrgUnitsOptions, resolveFetch } from './org-units/fetch/options.js';
import {
  type ParseOrgUnitsOptions,
  parseOrgUnits as parseOrgUnitList,
} from './org-units/file/parse-org-units.js';
import { mapBatch, type ToOrgUnit } from './org-units/map/map-batch.js';
import {
  type MapOrgUnitsOptions,
  readMapOptions as readMapOrgUnits,
} from './org-units/map/options.js';
import { upsertBatch as upsertOrgUnitBatch } from './org-units/upsert-batch.js';
import {
  readUpsertOptions as readUpsertOrgUnitsOptions,
  type UpsertOrgUnitsOptions,
} from './org-units/upsert-options.js';
import { accessOf } from './rest/request.js';
import { fetchTrackedBatch } from './tracker/fetch/fetch-batch.js';
import {
  type FetchTrackedEntitiesOptions,
  readTrackerCursor,
  resolveTrackerFetch,
} from './tracker/fetch/options.js';
import { mapBatch as mapPeople } from './tracker/map/map-batch.js';
import { type EntityMapping, readMapping } from './tracker/map/mapping.js';
import { type MapTrackedEntitiesOptions, readMapOptions } from './tracker/map/options.js';
import { resolveUpsert, type UpsertTrackedEntitiesOptions } from './tracker/upsert/options.js';
import { upsertBatch } from './tracker/upsert/upsert-batch.js';

/**
 * Turns counts into the values of a data set, by a mapping: which rows make which data element, which
 * category options their codes mean, and which org unit reports for their location. Reads from
 * DHIS2 where the data set is reported; writes nothing.
 *
 * Every record is in a value, or left out with its reason and the location or code concerned.
 *
 * @public
 * @function
 * @param {AggregateMapping} mapping - The mapping, or a function of the state that gives it
 * @returns {Operation}
 * @state {AggregateReport} data - Input: the counts of a tally. Output: the values
 * @state report - Under `aggregate`: read, counted, leftOut
 * @example <caption>Confirmed cases by sex, at the third level of the tree</caption>
 * aggregate({
 *   dataSet: 'OUTBREAK_WEEKLY',
 *   orgUnits: { by: ['id', 'code'], level: 3 },
 *   dataValues: [
 *     {
 *       dataElement: 'OUTBREAK_CASES_CONFIRMED',
 *       where: { classification: 'CONFIRMED' },
 *       categoryOptions: { sex: { MALE: 'SEX_MALE', FEMALE: 'SEX_FEMALE', '*': 'SEX_UNKNOWN' } },
 *     },
 *   ],
 * });
 */
export function aggregate(mapping: AggregateMapping | ((state: State) => AggregateMapping)) {
  return async <S extends State>(state: S) => {
    const tally = state.data as Tally | undefined;
    if (!tally?.counts || !tally.dimensions) {
      throw configurationError('NO_COUNTS', 'There are no counts in state.data.', {
        fix: 'The step before must be one that counts, such as tally of the Go.Data adaptor.',
      });
    }
    const read = readAggregate(resolve(mapping, state), tally.dimensions);
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { data, report } = await aggregateCounts(client, tally, read);
    return nextState(state, 'aggregate', data, report);
  };
}

/**
 * Brings the data values of a report to what was counted. First the mapping is checked against the
 * server, and whatever does not fit stops the run, all of it listed at once. Then the present values
 * are read, and only cells that differ are sent, zeros for those whose count has fallen to nothing
 * included. What was written is read back. Running again at once writes nothing.
 *
 * @public
 * @function
 * @param {UpsertDataValuesOptions} [options] - owner, explicitZeros, closedPeriods, complete, async, chunkSize
 * @returns {Operation}
 * @state {AggregateReport} data - Input: the values. Output: `plan`, the table of what changed
 * @state report - Under `upsert-data-values`: created, updated, unchanged, rejected
 * @state dryRun - Optional input: true stops after the plan
 * @example <caption>A ministry that wants zeros and completeness</caption>
 * upsertDataValues({ explicitZeros: true, complete: true });
 */
export function upsertDataValues(options: UpsertDataValuesOptions = {}) {
  return async <S extends State>(state: S) => {
    const read = readUpsertOptions(options);
    const data = state.data as AggregateReport | undefined;
    if (!data?.values || !data.elements) {
      throw configurationError('NO_VALUES', 'There are no values in state.data.', {
        fix: 'The step before must be one that aggregates.',
      });
    }
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { dryRun, today: _today, since: _since, ...rest } = state;
    const { plan, report } = await upsertReport(client, data, read, readDryRun(dryRun));
    // A scheduler begins the next run with this state: the inputs of this one must not stick to it.
    return nextState(rest, 'upsert-data-values', { plan }, report);
  };
}

/**
 * Reads the org unit tree, or a bounded part of it: parents before children, and the children of one
 * parent always together. Geometries are reduced to one point each as they arrive, so that they never
 * travel.
 *
 * @public
 * @function
 * @param {FetchOrgUnitsOptions} [options] - roots, level, pageSize, batchSize
 * @returns {Operation}
 * @state {OrgUnitBatch} data - The org units; `next` when there are more
 * @state report - Under `fetch-org-units`: read, adjusted (broken coordinates), rejected
 * @state cursor - Optional input: where an earlier run ended
 * @state batchSize - Optional input: org units of this run
 * @state today - Optional input, `yyyy-MM-dd`: the day that decides what is closed
 * @example <caption>Two regions, down to the facilities</caption>
 * fetchOrgUnits({ roots: ['O6uvpzGd5pu', 'OU_BO'], level: 4 });
 */
export function fetchOrgUnits(options: FetchOrgUnitsOptions = {}) {
  return async <S extends State>(state: S) => {
    const resolved = resolveFetch(options, state);
    const after = (state.cursor as { after?: OrgUnitPosition } | undefined)?.after;
    const today = typeof state.today === 'string' ? state.today : undefined;
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { batch, report } = await fetchBatch(client, resolved, after, today);
    return nextState(state, 'fetch-org-units', batch, report);
  };
}

/**
 * Makes org units of a file: what DHIS2's API answers, in `state.data`. For those who have no access
 * to the server, only its answer.
 *
 * @public
 * @function
 * @param {ParseOrgUnitsOptions} [options] - rootLevel or roots; default: the highest level of the file
 * @returns {Operation}
 * @state {OrgUnitBatch} data - Input: `{ organisationUnits: [...] }`. Output: the org units
 * @state report - Under `read-org-units`: read, rejected, adjusted
 * @example
 * parseOrgUnits({ rootLevel: 3 });
 */
export function parseOrgUnits(
  options: ParseOrgUnitsOptions | ((state: State) => ParseOrgUnitsOptions) = {},
) {
  return <S extends State>(state: S) => {
    const today =
      typeof state.today === 'string' ? state.today : new Date().toISOString().slice(0, 10);
    const { batch, report } = parseOrgUnitList(state.data, resolve(options, state), today);
    return nextState(state, 'read-org-units', batch, report);
  };
}

/**
 * Makes org units of locations, by a function that gives the properties of one. UIDs and parents come
 * from the locations: each run finds again what an earlier one has made. Texts that are too long for
 * DHIS2 are cut, and reported where they are written.
 *
 * @public
 * @function
 * @param {ToOrgUnit} toOrgUnit - Location → name, shortName, code, point, closed
 * @param {MapOrgUnitsOptions} [options] - owner, whenDeleted, openingDate, under, link, mark, server
 * @returns {Operation}
 * @state {MappedOrgUnitBatch} data - Input: locations. Output: org units
 * @state report - Under `map-org-units`: read, rejected
 * @example <caption>New places go below the district office of the outbreak</caption>
 * mapOrgUnits(
 *   location => ({ name: location.name, point: location.point, closed: !location.active }),
 *   { under: 'OU_BO' },
 * );
 */
export function mapOrgUnits(toOrgUnit: ToOrgUnit, options: MapOrgUnitsOptions = {}) {
  return <S extends State>(state: S) => {
    const read = readMapOrgUnits(options);
    const fetched = state.data as FetchedLocationBatch | undefined;
    if (!Array.isArray(fetched?.locations)) throw noInput('NO_LOCATIONS', 'locations', 'fetches');
    const { batch, report } = mapBatch(fetched, toOrgUnit, read);
    return nextState(state, 'map-org-units', batch, report);
  };
}

/**
 * Brings DHIS2's org units to the mapped ones: reads what is there, plans, and applies only differences,
 * one property at a time, so that nothing else of an org unit changes. New ones come parents before
 * children. What is not active in Go.Data is closed, never deleted. Org units that did not come from
 * Go.Data stay as they are, unless the mapping says otherwise. Running again at once writes nothing.
 *
 * @public
 * @function
 * @param {UpsertOrgUnitsOptions} [options] - maxWrites
 * @returns {Operation}
 * @state {MappedOrgUnitBatch} data - Input: org units. Output: `plan`, the tree of changes
 * @state report - Under `upsert-org-units`: created, updated, unchanged, deactivated, rejected, leftOut
 * @state cursor - Where the next run goes on, when the tree has more
 * @state more - Whether there is more to do
 * @state dryRun - Optional input: true stops after the plan
 * @state today - Optional input, `yyyy-MM-dd`: the day on which org units close, in place of DHIS2's own
 * @example
 * upsertOrgUnits();
 */
export function upsertOrgUnits(options: UpsertOrgUnitsOptions = {}) {
  return async <S extends State>(state: S) => {
    const { maxWrites } = readUpsertOrgUnitsOptions(options);
    const batch = state.data as MappedOrgUnitBatch | undefined;
    if (!Array.isArray(batch?.orgUnits)) throw noInput('NO_ORG_UNITS', 'org units', 'maps');
    const { dryRun: isDry, today: given, cursor, ...rest } = state;
    const dryRun = readDryRun(isDry);
    const today = typeof given === 'string' ? given : undefined;
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { plan, isPartial, report } = await upsertOrgUnitBatch(client, batch, {
      dryRun,
      today,
      maxWrites,
    });
    // What has not been written must be met again.
    const place = dryRun || isPartial ? cursor : batch.next && { after: batch.next };
    const more = batch.next !== undefined || isPartial;
    // All parts of a tree are of one day.
    const going = more && today !== undefined ? { today } : {};
    return nextState(
      { ...rest, ...going, ...(place ? { cursor: place } : {}), more },
      'upsert-org-units',
      { plan },
      report,
    );
  };
}

/**
 * Reads option sets with their options, in DHIS2's order.
 *
 * @public
 * @function
 * @param {OptionSetChoice} choice - optionSets: names, codes or ids
 * @returns {Operation}
 * @state {OptionBatch} data - The option sets
 * @state report - Under `fetch-options`: read
 * @example
 * fetchOptions({ optionSets: ['Vaccine types'] });
 */
export function fetchOptions(choice: OptionSetChoice) {
  return async <S extends State>(state: S) => {
    const words = resolveChoice(choice, state);
    const client = new Dhis2Client(state.configuration as Dhis2Configuration);
    const { batch, report } = await fetchSets(client, words);
    return nextState(state, 'fetch-options', batch, report);
  };
}

/**
 * Reads tracked entities that have changed since the last run, with their enrollments, events and
 * relationships, and those that are gone: the people of a case program and, if wanted, of a contact
 * program. Who is in both is a case.
 *
 * Does not move the cursor: a later step does, when all of it is written or reported.
 *
 * @public
 * @function
 * @param {FetchTrackedEntitiesOptions} options - program, contactProgram, roots, overlapMinutes, pageSize, batchSize
 * @returns {Operation}
 * @state {TrackedEntityBatch} data - The tracked entities, where the next run goes on, and whether there is more
 * @state report - Under `fetch-tracked-entities`: read
 * @state {TrackerCursor} cursor - Optional input: where an earlier run ended
 * @state since - Optional input, `yyyy-MM-dd`: the first day, where there is no cursor yet
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
 * Makes tracked entities of an outbreak's people, by functions that give the values of one: attributes,
 * the days of the enrollment, events. What a function gives is written, null clears, and what it leaves
 * out is never touched. Lab results and follow-ups of Go.Data have an event each, the stages that are
 * not repeatable one for the person; what came from DHIS2 does not go back.
 *
 * Ids that are none stop the run. Reference data that a table does not have leaves a value as it is, and
 * is reported with its count. A person with an invalid date is rejected and tried again by the next run;
 * the others go on.
 *
 * @public
 * @function
 * @param {EntityMapping} mapping - Functions `case`, `contact`, `contactOfContact` and `relationship`
 * @param {MapTrackedEntitiesOptions} options - programs, server, linkAttribute, findBy, whenDeleted, owners
 * @returns {Operation}
 * @state {MappedEntityBatch} data - Input: people of an outbreak. Output: tracked entities and relationships
 * @state report - Under `map-tracked-entities`: read, leftOut, rejected
 * @example
 * const sexes = referenceIds('GENDER', { MALE: 'MALE', FEMALE: 'FEMALE' });
 * const toPerson = person => ({
 *   location: person.residence.locationId,
 *   enrolledAt: person.day('dateOfReporting', 'createdAt'),
 *   attributes: {
 *     ENRjVGxVL6l: person.value('lastName'),
 *     oindugucx72: person.code('sex', sexes, person.gender),
 *   },
 * });
 * mapTrackedEntities(
 *   { case: toPerson, contact: toPerson },
 *   { programs: { case: 'uYjxkTbwRNf', contact: 'DM9n1bUw8W8' } },
 * );
 */
export function mapTrackedEntities(mapping: EntityMapping, options: MapTrackedEntitiesOptions) {
  return <S extends State>(state: S) => {
    const functions = readMapping(mapping);
    const read = readMapOptions(options, functions);
    const people = state.data as OutbreakPeopleBatch | undefined;
    if (!Array.isArray(people?.people)) {
      throw configurationError('NO_PEOPLE', 'There are no people in state.data.', {
        fix: 'The step before must be one that fetches them.',
      });
    }
    const { batch, report } = mapPeople(people, functions, read);
    return nextState(state, 'map-tracked-entities', batch, report);
  };
}

/**
 * Brings DHIS2's tracked entities, enrollments, events and relationships to the mapped people. First the
 * mapping is checked against the programs, and whatever does not fit stops the run, all of it listed at
 * once. Then what is there is read, and only objects that differ are sent. What the mapping does not
 * give stays as it is. Running again at once writes nothing.
 *
 * Fields that both systems may change (`owners` of mapTrackedEntities) are compared with what both had
 * when they last agreed; one that was changed in both, to different values, is rejected with `CONFLICT`,
 * and the rest of the person is written.
 *
 * @public
 * @function
 * @param {UpsertTrackedEntitiesOptions} [options] - async, chunkSize, recreate, validateInDryRun, memory
 * @returns {Operation}
 * @state {MappedEntityBatch} data - Input: people and relationships. Output: `plan`, the table of what changed
 * @state report - Under `upsert-tracked-entities`: created, updated, unchanged, deleted, rejected, adjusted, leftOut
 * @state memory - What both systems last agreed on, where it is not in a collection
 * @state cursor - Where the next run goes on
 * @state more - Whether there is more to do, in this direction or the other
 * @state dryRun - Optional input: true stores nothing, and asks DHIS2 what it would refuse
 * @state validateInDryRun - Optional input: false stops a dry run after the plan
 * @example
 * upsertTrackedEntities();
 * @example <caption>A slow server, and people who come back when they are deleted in DHIS2</caption>
 * upsertTrackedEntities({ async: true, chunkSize: 200, recreate: true });
 */
export function upsertTrackedEntities(options: UpsertTrackedEntitiesOptions = {}) {
  return async <S extends State>(state: S) => {
    const { validateInDryRun = options.validateInDryRun } = state;
    const resolved = resolveUpsert({ ...options, validateInDryRun });
    const batch = state.data as MappedEntityBatch | undefined;
    if (!Array.isArray(batch?.entities)) {
      throw configurationError('NO_PEOPLE', 'There are no people in state.data.', {
        fix: 'The step before must be one that maps them.',
      });
    }
    const { dryRun: isDry, today: _today, since: _since, cursor, ...rest } = state;
    const former = cursor as TwoWayCursor | undefined;
    const dryRun = readDryRun(isDry);
    const kept = await openKeptMemory(state, resolved.memory);
    const { memory } = kept;
    const result = await upsertBatch(accessOf(state), batch, resolved, { dryRun, memory });
    // What a dry run has not written must be met again.
    const place = dryRun ? former : fromGoData(result.cursor, former);
    const left = dryRun ? {} : await kept.keep();
    const isBothWays = state.report?.['upsert-cases'] !== undefined;
    return nextState(
      {
        ...rest,
        ...left,
        ...(place ? { cursor: place } : {}),
        // In a run of both ways the other one may have more, too.
        more:
          batch.more ||
          (!dryRun && isBothWays && place !== undefined && isFromDhis2UnderWay(place)),
      },
      'upsert-tracked-entities',
      // A step behind this one belongs to the same run.
      dryRun ? { plan: result.plan, dryRun } : { plan: result.plan },
      result.report,
    );
  };
}

function readDryRun(dryRun: unknown): boolean {
  if (dryRun === undefined || typeof dryRun === 'boolean') return dryRun === true;
  throw configurationError('BAD_OPTION', 'dryRun in the state must be true or false.', {
    fix: 'A text or a number would be taken for either; write true or false.',
  });
}

function noInput(code: string, what: string, step: string) {
  return configurationError(code, `There are no ${what} in state.data.`, {
    fix: `The step before must be one that ${step} them.`,
  });
}

// An expression can import nothing itself, so the adaptor brings language-common's operations along.
export {
  _,
  alterState,
  arrayToString,
  as,
  asData,
  assert,
  chunk,
  combine,
  composeNextState,
  cursor,
  dataPath,
  dataValue,
  dateFns,
  debug,
  each,
  field,
  fields,
  fn,
  fnIf,
  group,
  humanProper,
  index,
  join,
  jsonValue,
  lastReferenceValue,
  log,
  map,
  merge,
  parseCsv,
  referencePath,
  scrubEmojis,
  source,
  sourceValue,
  splitKeys,
  toArray,
  validate,
} from '@openfn/language-common';
export { executeWithReferences as execute } from '../../../common/src/operation.js';
export { referenceIds } from '../../../common/src/reference-ids.js';
export { Dhis2Client } from './client.js';
export { metadata } from './editor-metadata.js';
export * as http from './http.js';
export { create } from './operations/create.js';
export { dataValueSet } from './operations/data-value-set.js';
export { destroy } from './operations/destroy.js';
export { get } from './operations/get.js';
export { update } from './operations/update.js';
export { upsert } from './operations/upsert.js';
export type { RequestOptions } from './rest/request.js';
export { personView } from './tracker/map/view/person-view.js';
export type { TrackerImportOptions } from './tracker.js';
export * as tracker from './tracker.js';
export type { Strategy, TrackerObject, TrackerPayload } from './tracker-import/payload.js';
export type { ImportReport } from './tracker-import/report.js';
export * as util from './util.js';
