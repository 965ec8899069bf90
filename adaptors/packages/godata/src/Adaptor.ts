import { nextState, type State, type StepReport } from '../../../common/src/report.js';
import type { Tally } from '../../../common/src/tally.js';
import { GoDataClient } from './client.js';
import type { GoDataConfiguration } from './configuration.js';
import { findOutbreak } from './outbreak.js';
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
export { GoDataClient } from './client.js';
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
