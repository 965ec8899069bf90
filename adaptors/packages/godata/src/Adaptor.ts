import { configurationError } from '../../../common/src/errors.js';
import type { LocationPosition } from '../../../common/src/fetched-location-batch.js';
import type { LocationBatch } from '../../../common/src/location-batch.js';
import type { OptionBatch } from '../../../common/src/option-batch.js';
import type { OrgUnitBatch } from '../../../common/src/org-unit-batch.js';
import type { TwoWayCursor } from '../../../common/src/outbreak-people-batch.js';
import { openKeptMemory } from '../../../common/src/ownership/index.js';
import type { PeopleBatch } from '../../../common/src/people-batch.js';
import type { ReferenceDataBatch } from '../../../common/src/reference-data-batch.js';
import { nextState, type State, type StepReport } from '../../../common/src/report.js';
import type { Tally } from '../../../common/src/tally.js';
import type { TrackedEntityBatch } from '../../../common/src/tracked-entity-batch.js';
import { fromDhis2, isFromDhis2UnderWay } from '../../../common/src/two-way-cursor.js';
import { GoDataClient } from './client.js';
import type { GoDataConfiguration } from './configuration.js';
import { fetchLocationBatch } from './locations/fetch/fetch-locations.js';
import { type FetchLocationsOptions, resolveFetch } from './locations/fetch/options.js';
import { mapBatch, type ToLocation } from './locations/map/map-batch.js';
import { type MapLocationsOptions, readMapOptions } from './locations/map/options.js';
import { toImportFile } from './locations/to-import-file.js';
import { upsertBatch } from './locations/upsert-batch.js';
import { findOutbreak } from './outbreak.js';
import { fetchPeopleBatch } from './people/fetch/fetch-batch.js';
import {
  type FetchPeopleOptions,
  readPeopleCursor,
  resolvePeopleFetch,
} from './people/fetch/options.js';
import { mapBatch as mapPeople } from './people/map/map-batch.js';
import { type CaseMapping, readMapping } from './people/map/mapping.js';
import {
  type MapCasesOptions,
  readMapOptions as readMapCasesOptions,
} from './people/map/options.js';
import { resolveUpsert, type UpsertCasesOptions } from './people/upsert/options.js';
import { upsertPeople } from './people/upsert/upsert-people.js';
import { mapBatch as mapOptions } from './reference-data/map/map-batch.js';
import {
  type MapReferenceDataOptions,
  type OptionSetMapping,
  readMapOptions as readReferenceOptions,
  readSetMappings,
} from './reference-data/map/options.js';
import { upsertBatch as upsertReferenceBatch } from './reference-data/upsert-batch.js';
import { resolveTally, type TallyOptions } from './tally/options.js';
import { tallyPeople } from './tally/tally-people.js';

/**
 * Counts an outbreak's people by location, period and the dimensions of your choice. People are read
 * page by page and counted at once: neither memory nor state grows with their number, and only the
 * properties that the dimensions name leave the server.
 *
 * Records without a date, dated in the future or outside the window are left out and reported.
 *
 * @public
 * @function
 * @param {string} model - `cases`, `contacts`, `contacts-of-contacts` or `events`
 * @param {TallyOptions} options - Outbreak, date field, period type, window, dimensions
 * @returns {Operation}
 * @state {Tally} data - The counts
 * @state report - Under `fetch-<model>`: read, counted, leftOut
 * @state today - Optional input, `yyyy-MM-dd`: the day that the run takes for today
 * @example <caption>Weekly counts of the last 12 weeks by classification and sex</caption>
 * tally('cases', {
 *   outbreak: { name: 'Cholera 2026' },
 *   periodType: 'Weekly',
 *   window: { last: 12 },
 *   dimensions: { classification: classification(), sex: sex() },
 * });
 */
export function tally(model: string, options: TallyOptions) {
  return async <S extends State>(state: S) => {
    const today =
      typeof state.today === 'string' ? state.today : new Date().toISOString().slice(0, 10);
    const resolved = resolveTally(model, options, state, today);
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const outbreak = await findOutbreak(client, resolved.outbreak);
    const { tally, report }: { tally: Tally; report: StepReport } = await tallyPeople(
      client,
      outbreak,
      resolved,
    );
    return nextState(state, `fetch-${model}`, tally, report);
  };
}

/**
 * Reads Go.Data's location tree, or a bounded part of it: parents before children, and the children of
 * one parent always together. Locations that were deleted come with the last part, as ids.
 *
 * @public
 * @function
 * @param {FetchLocationsOptions} [options] - roots, level, batchSize
 * @returns {Operation}
 * @state {FetchedLocationBatch} data - The locations; `next` when there are more
 * @state report - Under `fetch-locations`: read, adjusted (broken coordinates), rejected
 * @state cursor - Optional input: where an earlier run ended
 * @state batchSize - Optional input: locations of this run
 * @example <caption>One district, by its id or by a code among its identifiers</caption>
 * fetchLocations({ roots: ['OU_BO'] });
 */
export function fetchLocations(options: FetchLocationsOptions = {}) {
  return async <S extends State>(state: S) => {
    const resolved = resolveFetch(options, state);
    const after = (state.cursor as { after?: LocationPosition } | undefined)?.after;
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { batch, report } = await fetchLocationBatch(client, resolved, after);
    return nextState(state, 'fetch-locations', batch, report);
  };
}

/**
 * Makes locations of org units, by a function that gives the fields of one. Ids, parents and the mark
 * of what is kept in step come from the org unit. Names that Go.Data would refuse beside each other are
 * made distinct, and reported.
 *
 * @public
 * @function
 * @param {ToLocation} toLocation - Org unit → name, synonyms, identifiers, active,
 * geographicalLevelId, geoLocation, populationDensity
 * @param {MapLocationsOptions} [options] - distinctName, link, mark
 * @returns {Operation}
 * @state {LocationBatch} data - Input: org units. Output: locations
 * @state report - Under `map-locations`: read, adjusted (names made distinct), rejected
 * @example
 * mapLocations(orgUnit => ({
 *   name: orgUnit.name,
 *   active: !orgUnit.closed,
 *   geographicalLevelId: adminLevel(orgUnit.depth),
 *   geoLocation: orgUnit.point,
 * }));
 */
export function mapLocations(toLocation: ToLocation, options: MapLocationsOptions = {}) {
  return <S extends State>(state: S) => {
    const read = readMapOptions(options);
    const units = state.data as OrgUnitBatch | undefined;
    if (!Array.isArray(units?.orgUnits)) throw noInput('NO_ORG_UNITS', 'org units', 'fetches them');
    const { batch, report } = mapBatch(units, toLocation, read);
    return nextState(state, 'map-locations', batch, report);
  };
}

/**
 * Brings Go.Data's location tree to the mapped one: reads what is there once, plans, and applies only
 * differences. New locations come through the hierarchical import, under their own ids; what changed
 * is updated; what is closed, or gone from DHIS2, is deactivated, never deleted; what was deleted in
 * Go.Data, and DHIS2 still has, is brought back. Locations made by hand stay as they are. Running again
 * at once writes nothing.
 *
 * @public
 * @function
 * @returns {Operation}
 * @state {LocationBatch} data - Input: locations. Output: `plan`, the tree of changes
 * @state report - Under `upsert-locations`: created, updated, unchanged, deactivated, rejected
 * @state cursor - Where the next run goes on, when the tree has more
 * @state more - Whether it has
 * @state dryRun - Optional input: true stops after the plan
 * @example
 * upsertLocations();
 */
export function upsertLocations() {
  return async <S extends State>(state: S) => {
    const batch = state.data as LocationBatch | undefined;
    if (!Array.isArray(batch?.locations)) throw noInput('NO_LOCATIONS', 'locations', 'maps them');
    const { dryRun: isDry, today, cursor, ...rest } = state;
    const dryRun = readDryRun(isDry);
    const { closing: left = [] } = (cursor ?? {}) as { closing?: string[] };
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { plan, closing, report } = await upsertBatch(client, batch, left, dryRun);
    const next = batch.next && { after: batch.next, ...(closing.length > 0 ? { closing } : {}) };
    // What a dry run has not written must be met again.
    const place = dryRun ? cursor : next;
    // All parts of a tree are of one day.
    const going = batch.next && today !== undefined ? { today } : {};
    return nextState(
      { ...rest, ...going, ...(place ? { cursor: place } : {}), more: batch.next !== undefined },
      'upsert-locations',
      { plan },
      report,
    );
  };
}

/**
 * Makes the file that Go.Data's user interface imports (Locations, import hierarchical): for those who
 * have no access to the server's API.
 *
 * @public
 * @function
 * @returns {Operation}
 * @state {LocationBatch} data - Input: locations. Output: the content of the file
 * @example
 * locationsToFile();
 */
export function locationsToFile() {
  return <S extends State>(state: S) => {
    const batch = state.data as LocationBatch | undefined;
    if (!Array.isArray(batch?.locations)) throw noInput('NO_LOCATIONS', 'locations', 'maps them');
    return { ...state, data: toImportFile(batch) };
  };
}

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
 * @state {PeopleBatch} data - Input: people. Output: `plan`, the table of what changed
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
    const batch = state.data as PeopleBatch | undefined;
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
 * @state {OutbreakPeopleBatch} data - The people, their relationships, where the next run goes on, and whether there is more
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
 * Makes reference data of options: for each option set a category, and a function that gives the
 * fields of an option's item. Labels and codes that Go.Data would refuse beside each other are made
 * distinct, and reported.
 *
 * @public
 * @function
 * @param {OptionSetMapping[]} optionSets - Which option set becomes which category: optionSet,
 * category, toItem, whenGone
 * @param {MapReferenceDataOptions} [options] - distinctLabel, distinctCode, mark
 * @returns {Operation}
 * @state {ReferenceDataBatch} data - Input: option sets. Output: reference data
 * @state report - Under `map-reference-data`: read, leftOut, adjusted (words made distinct), rejected
 * @example
 * mapReferenceData([{ optionSet: 'Vaccine types', category: 'VACCINE' }]);
 */
export function mapReferenceData(
  optionSets: OptionSetMapping[],
  options: MapReferenceDataOptions = {},
) {
  return <S extends State>(state: S) => {
    const mappings = readSetMappings(optionSets);
    const read = readReferenceOptions(options);
    const fetched = state.data as OptionBatch | undefined;
    if (!Array.isArray(fetched?.optionSets)) {
      throw noInput('NO_OPTION_SETS', 'option sets', 'fetches them');
    }
    const { batch, report } = mapOptions(fetched, mappings, read);
    return nextState(state, 'map-reference-data', batch, report);
  };
}

/**
 * Brings Go.Data's reference data to the mapped items: reads what is there once, plans, and applies
 * only differences. An item is found by its code, so that a renamed option keeps its item and with it
 * the id that people's records hold. Items that the server lets nobody change stay as they are;
 * nothing is deleted. Running again at once writes nothing.
 *
 * @public
 * @function
 * @returns {Operation}
 * @state {ReferenceDataBatch} data - Input: reference data. Output: `plan`, the table of changes, and
 * `ids`: option set → option code → id of the item
 * @state report - Under `upsert-reference-data`: created, updated, unchanged, deactivated, rejected
 * @state dryRun - Optional input: true stops after the plan
 * @example
 * upsertReferenceItems();
 */
export function upsertReferenceItems() {
  return async <S extends State>(state: S) => {
    const batch = state.data as ReferenceDataBatch | undefined;
    if (!Array.isArray(batch?.sets)) {
      throw noInput('NO_REFERENCE_DATA', 'reference data', 'maps them');
    }
    const { dryRun: isDry, today: _today, ...rest } = state;
    const dryRun = readDryRun(isDry);
    const client = new GoDataClient(state.configuration as GoDataConfiguration);
    const { plan, ids, report } = await upsertReferenceBatch(client, batch, dryRun);
    return nextState(rest, 'upsert-reference-data', { plan, ids }, report);
  };
}

function readDryRun(dryRun: unknown): boolean {
  if (dryRun === undefined || typeof dryRun === 'boolean') return dryRun === true;
  throw configurationError('BAD_OPTION', 'dryRun in the state must be true or false.', {
    fix: 'A text or a number would be taken for either; write true or false.',
  });
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
 * @state {PeopleBatch} data - Input: tracked entities. Output: people and relationships
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
    const entities = state.data as TrackedEntityBatch | undefined;
    if (!Array.isArray(entities?.entities)) {
      throw noInput('NO_TRACKED_ENTITIES', 'tracked entities', 'fetches them');
    }
    const { batch, report } = mapPeople(entities, functions, read);
    return nextState(state, 'map-cases', batch, report);
  };
}

function noInput(code: string, what: string, step: string) {
  return configurationError(code, `There are no ${what} in state.data.`, {
    fix: `The step before must be one that ${step}.`,
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
  http,
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
  util,
  validate,
} from '@openfn/language-common';
export { executeWithReferences as execute } from '../../../common/src/operation.js';
export { referenceIds } from '../../../common/src/reference-ids.js';
export type { ClientOptions } from './client.js';
export { GoDataClient } from './client.js';
export type { GoDataConfiguration } from './configuration.js';
export type { Filter, Where } from './filter.js';
export { adminLevel } from './locations/map/admin-level.js';
export {
  getOwnAccount,
  getUser,
  listLanguages,
  listLanguageTokens,
  listUsers,
  setActiveOutbreak,
} from './operations/accounts.js';
export { getCase, listCases, upsertCase } from './operations/cases.js';
export { getCluster, listClusters, upsertCluster } from './operations/clusters.js';
export { getContact, listContacts, upsertContact } from './operations/contacts.js';
export {
  getContactOfContact,
  listContactsOfContacts,
  upsertContactOfContact,
} from './operations/contacts-of-contacts.js';
export { getEvent, listEvents, upsertEvent } from './operations/events.js';
export { getLocation, listLocations, upsertLocation } from './operations/locations.js';
export { getOutbreak, listOutbreaks, upsertOutbreak } from './operations/outbreaks.js';
export {
  listFollowUps,
  listLabResults,
  listRelationships,
  upsertFollowUp,
  upsertLabResult,
  upsertRelationship,
} from './operations/people-related.js';
export {
  getReferenceData,
  listReferenceData,
  upsertReferenceData,
} from './operations/reference-data.js';
export { request } from './operations/request.js';
export { getTeam, listTeams, upsertTeam } from './operations/teams.js';
export { bulkUpdate, exportRecords, importFile } from './operations/transfer.js';
export { personView } from './people/map/view/person-view.js';
export type { OutbreakRecords, PersonRelated } from './records/outbreak-records.js';
export type { RecordQuery } from './records/record-query.js';
export type { RecordReader } from './records/record-reader.js';
export type { Records } from './records/records.js';
export type { ServerRecords } from './records/server-records.js';
export {
  ageBand,
  answer,
  classification,
  inDateRange,
  outcome,
  referenceData,
  sex,
} from './tally/dimensions.js';
export type {
  CaseRecord,
  ClusterRecord,
  ContactOfContactRecord,
  ContactRecord,
  Draft,
  EventRecord,
  ExportLog,
  FollowUpRecord,
  ImportLog,
  ImportResult,
  LabResultRecord,
  LanguageRecord,
  LanguageToken,
  LocationRecord,
  OutbreakRecord,
  ReferenceDataRecord,
  RelationshipRecord,
  Stored,
  TeamRecord,
  UserRecord,
} from './types/index.js';
