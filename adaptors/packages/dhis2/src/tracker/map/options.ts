import type { CodeTable } from '#common/handover/code-table.js';
import type { MappedTrackedEntityBatch } from '#common/handover/mapped-tracked-entity-batch.js';
import { DEFAULT_SERVER, isUid } from '#common/identity/uid.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import { type GivenOwners, type Owners, readOwners } from '#common/ownership/index.js';
import { type EntityMapping, KIND_NAMES, type KindName } from './mapping.js';
import type { Otherwise } from './other-locations.js';

/** Options of a mapping to DHIS2: everything besides the fields. */
export interface MapTrackedEntitiesOptions {
  /**
   * Programs, by id, code or exact name, in which people are enrolled: one for each kind that the
   * mapping has a function for. Contacts of contacts use the program of contacts unless they have their own.
   */
  programs: Partial<Record<KindName, string>>;
  /**
   * Which system wins for each field that both may change. Default: Go.Data wins for everything
   * that is mapped.
   */
  owners?: GivenOwners;
  /**
   * Name from which ids in DHIS2 are computed, together with the Go.Data id. Never change it after
   * people were written: everybody would be written again. Each Go.Data server that writes to one
   * DHIS2 needs a name of its own, the same one in both directions. Default `godata`.
   */
  server?: string;
  /** Id of an attribute that holds the Go.Data id, if the programs have one. Default: none. */
  linkAttribute?: string;
  /** Ids of unique attributes by whose mapped value a tracked entity is found. Default: none. */
  findBy?: readonly string[];
  /**
   * The table of vaccines. A Go.Data item whose code is an option's code means that option,
   * whatever its id; `options-to-reference-data` creates such items. Default: none.
   */
  vaccines?: CodeTable;
  /**
   * What happens to a tracked entity whose person was deleted in Go.Data: `leave`, `cancel` its
   * enrollment, or `delete`. Default `leave`.
   */
  whenDeleted?: MappedTrackedEntityBatch['whenDeleted'];
  /** Where a new person without a location is registered, by kind. Default: nowhere. */
  otherwise?: Otherwise;
  /** The rows that write to each place, for messages. Default: none. */
  rows?: Record<string, string[]>;
}

/** Options, checked and with defaults. */
export interface ResolvedMapOptions
  extends Required<Omit<MapTrackedEntitiesOptions, 'linkAttribute' | 'owners'>>,
    Pick<MapTrackedEntitiesOptions, 'linkAttribute'> {
  owners: Owners;
}

const KEYS = [
  'programs',
  'owners',
  'server',
  'linkAttribute',
  'findBy',
  'vaccines',
  'whenDeleted',
  'otherwise',
  'rows',
];
const WHEN_DELETED: readonly unknown[] = ['leave', 'cancel', 'delete'];

/**
 * Checks the options and fills in defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapOptions(
  given: MapTrackedEntitiesOptions,
  mapping: EntityMapping,
): ResolvedMapOptions {
  refuseUnknownKeys('mapping options', given, KEYS);
  const { server = DEFAULT_SERVER, linkAttribute, findBy = [], whenDeleted = 'leave' } = given;
  if (!isText(server)) throw badOption('server', 'must be a name');
  if (linkAttribute !== undefined && !isId(linkAttribute)) {
    throw badOption('linkAttribute', 'must be the id of an attribute');
  }
  if (!Array.isArray(findBy) || !findBy.every(isId)) {
    throw badOption('findBy', 'must be a list of ids of attributes');
  }
  const { vaccines = {} } = given;
  if (vaccines === null || typeof vaccines !== 'object' || Array.isArray(vaccines)) {
    throw badOption('vaccines', 'must be a table of option codes');
  }
  if (!WHEN_DELETED.includes(whenDeleted)) {
    throw badOption('whenDeleted', "must be 'leave', 'cancel' or 'delete'");
  }
  return {
    programs: readPrograms(given.programs, mapping),
    owners: readOwners(given.owners),
    server,
    ...(linkAttribute === undefined ? {} : { linkAttribute }),
    findBy,
    vaccines,
    whenDeleted,
    otherwise: given.otherwise ?? {},
    rows: given.rows ?? {},
  };
}

function readPrograms(given: MapTrackedEntitiesOptions['programs'], mapping: EntityMapping) {
  refuseUnknownKeys('programs', given, KIND_NAMES);
  const programs = { ...given, contactOfContact: given.contactOfContact ?? given.contact };
  for (const kind of KIND_NAMES) {
    if (mapping[kind] && !isText(programs[kind])) {
      throw badOption(`programs.${kind}`, 'must be the id, the code or the name of a program');
    }
  }
  return programs;
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && isUid(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
