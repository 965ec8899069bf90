import type { JsonObject } from './types.js';

/** One of the four kinds of people, as routes, messages and records name it (godata FACTS §2.2). */
export interface PersonKind {
  /** Name in the path: `contacts-of-contacts`. */
  path: string;
  /** Name of the model in messages. */
  model: 'case' | 'contact' | 'contactOfContact' | 'event';
  /** Value of the (hidden) field `type`. */
  type: string;
  /** Stem of the permissions: `contact_of_contact` + `_create`. */
  permission: string;
  /** The outbreak's field with the mask of the visual id. */
  mask: string;
  /** Values of a new record (FACTS §4, r035, r105, r129, r133). */
  defaults: JsonObject;
  /** POST .../filtered-count exists (FACTS §2.2). */
  countsByPost: boolean;
}

const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_PERSON_TYPE_';

const COMMON = {
  isDateOfReportingApproximate: false,
  hasRelationships: false,
  numberOfExposures: 0,
  numberOfContacts: 0,
  usualPlaceOfResidenceLocationId: null,
};

export const CASE: PersonKind = {
  path: 'cases',
  model: 'case',
  type: `${TYPE}CASE`,
  permission: 'case',
  mask: 'caseIdMask',
  defaults: {
    wasContact: false,
    wasContactOfContact: false,
    transferRefused: false,
    safeBurial: false,
    ...COMMON,
    address: {},
  },
  countsByPost: true,
};

export const CONTACT: PersonKind = {
  path: 'contacts',
  model: 'contact',
  type: `${TYPE}CONTACT`,
  permission: 'contact',
  mask: 'contactIdMask',
  defaults: {
    transferRefused: false,
    safeBurial: false,
    wasCase: false,
    wasContactOfContact: false,
    active: true,
    ...COMMON,
    address: {},
  },
  countsByPost: true,
};

export const CONTACT_OF_CONTACT: PersonKind = {
  path: 'contacts-of-contacts',
  model: 'contactOfContact',
  type: `${TYPE}CONTACT_OF_CONTACT`,
  permission: 'contact_of_contact',
  mask: 'contactOfContactIdMask',
  defaults: {
    safeBurial: false,
    wasCase: false,
    wasContact: false,
    active: true,
    ...COMMON,
    address: {},
  },
  countsByPost: false,
};

export const EVENT: PersonKind = {
  path: 'events',
  model: 'event',
  type: `${TYPE}EVENT`,
  permission: 'event',
  mask: 'eventIdMask',
  defaults: { ...COMMON },
  countsByPost: false,
};

export const PERSON_KINDS: readonly PersonKind[] = [CASE, CONTACT, CONTACT_OF_CONTACT, EVENT];

/** The kind of a person, by its type. @throws Error for an unknown type */
export function kindOf({ type }: { type: string }): PersonKind {
  const kind = PERSON_KINDS.find(one => one.type === type);
  if (!kind) throw new Error(`There is no kind of person with the type "${type}".`);
  return kind;
}

const ALGORITHM =
  'LNG_REFERENCE_DATA_CATEGORY_FOLLOWUP_GENERATION_TEAM_ASSIGNMENT_ALGORITHM_ROUND_ROBIN_ALL_TEAMS';

/** Values of a new outbreak, without its masks, which depend on the version (r028, r288). */
export const OUTBREAK_DEFAULTS: JsonObject = {
  frequencyOfFollowUp: 1,
  generateFollowUpsOverwriteExisting: false,
  generateFollowUpsKeepTeamAssignment: true,
  generateFollowUpsTeamAssignmentAlgorithm: ALGORITHM,
  generateFollowUpsDateOfLastContact: false,
  generateFollowUpsWhenCreatingContacts: false,
  noDaysNewContacts: 1,
  caseInvestigationTemplate: [],
  contactInvestigationTemplate: [],
  eventInvestigationTemplate: [],
  caseFollowUpTemplate: [],
  contactFollowUpTemplate: [],
  labResultsTemplate: [],
  isContactLabResultsActive: false,
  isContactsOfContactsActive: false,
  applyGeographicRestrictions: false,
  checkLastContactDateAgainstDateOnSet: false,
  disableModifyingLegacyQuestionnaire: false,
  allowCasesFollowUp: false,
  frequencyOfFollowUpCases: 1,
  generateFollowUpsKeepTeamAssignmentCases: true,
  generateFollowUpsTeamAssignmentAlgorithmCases: ALGORITHM,
  generateFollowUpsDateOfOnset: false,
  generateFollowUpsWhenCreatingCases: false,
};

/** Required fields of an outbreak, in the order of the message (r027). */
export const OUTBREAK_REQUIRED = [
  'name',
  'startDate',
  'longPeriodsBetweenCaseOnset',
  'periodOfFollowup',
  'frequencyOfFollowUpPerDay',
  'noDaysAmongContacts',
  'noDaysInChains',
  'noDaysNotSeen',
  'noLessContacts',
] as const;

/** Fields that only the server writes; what a client sends in them is dropped (FACTS §4, §5.6). */
const READ_ONLY = [
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
  'dbUpdatedAt',
  'createdOn',
  'deleted',
  'deletedAt',
  'type',
  'outbreakId',
  'classificationHistory',
  'followUpHistory',
] as const;

/** The body without the fields that only the server writes. */
export function withoutReadOnly(body: JsonObject): JsonObject {
  const copy = { ...body };
  for (const field of READ_ONLY) delete copy[field];
  return copy;
}

const TILES = 'https://tiles.arcgis.com/tiles/5T5nSi527N4F7luB/arcgis/rest/services';

function mapServer(name: string, service: string): JsonObject {
  const url = `${TILES}/${service}/VectorTileServer`;
  const type = 'LNG_REFERENCE_DATA_OUTBREAK_MAP_SERVER_TYPE_VECTOR_TILE_VECTOR_TILE_LAYER';
  return { name, url, type, styleUrl: `${url}/resources/styles/`, styleUrlSource: 'esri' };
}

/** An outbreak as the server loads one: with map servers if it has none (FACTS §2.1, r216, r252). */
export function asLoaded<T extends JsonObject>(outbreak: T): T {
  if (outbreak.arcGisServers) return outbreak;
  const arcGisServers = [
    mapServer('WHO Polygon Basemap', 'WHO_Polygon_Basemap_no_labels'),
    mapServer(
      'Disputed Areas and Borders for Polygon Basemap',
      'WHO_Polygon_Basemap_Disputed_Areas_and_Borders_VTP',
    ),
    mapServer('Labels', 'WHO_Polygon_Basemap_labels'),
  ];
  return { ...outbreak, arcGisServers };
}
