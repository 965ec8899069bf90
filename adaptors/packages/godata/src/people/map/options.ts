import type { CodeTable } from '#common/handover/code-table.js';
import type { MappedPeopleBatch } from '#common/handover/mapped-people-batch.js';
import { DEFAULT_SERVER } from '#common/identity/uid.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';
import { type GivenOwners, type Owners, readOwners } from '#common/ownership/index.js';
import { readWhenDeleted } from './fields/read-when-deleted.js';
import type { PersonView } from './view/person-view.js';

/** The options of a mapping to Go.Data. */
export interface MapCasesOptions {
  /**
   * The treatment in Go.Data of a person who was deleted in DHIS2: `leave`, `delete`, or `{ fields
   * }` to write that mark the person. Default `leave`.
   */
  whenDeleted?: MappedPeopleBatch['whenDeleted'];
  /**
   * Relationship type id → the end who exposed the other, `from` or `to`. Other types are left out.
   * Between a case and a contact it is always the case. Default: all types.
   */
  relationshipTypes?: Readonly<Record<string, 'from' | 'to'>>;
  /** The end who exposed the other, where all types are mapped. Default `from`. */
  source?: 'from' | 'to';
  /**
   * All vaccines that the mapping can give: their table, or their ids. Other vaccines in
   * `vaccinesReceived` were added by users and stay. With the table, an item of Go.Data is found by
   * the option's code, whatever its id; `options-to-reference-data` sets these codes. Default:
   * none.
   */
  vaccines?: readonly string[] | CodeTable;
  /**
   * Returns the Go.Data id of a person, which DHIS2 keeps in an attribute. Default: the id that
   * `cases-to-tracked-entities` wrote to the enrollment, if any.
   */
  link?: (person: PersonView) => string | undefined;
  /**
   * The owner of each field that both systems may change. Default: DHIS2 owns all mapped fields.
   */
  owners?: GivenOwners;
  /**
   * Name of the Go.Data server, the same as in the workflow in the other direction. Default
   * `godata`.
   */
  server?: string;
}

/** The options, checked and with defaults. */
export interface ResolvedMapOptions {
  whenDeleted: MappedPeopleBatch['whenDeleted'];
  relationshipTypes: Readonly<Record<string, 'from' | 'to'>> | undefined;
  source: 'from' | 'to';
  vaccines: readonly string[];
  /** From a table of vaccines: id → option code. */
  optionCodes: Readonly<Record<string, string>>;
  link: (person: PersonView) => string | undefined;
  owners: Owners;
  server: string;
}

const KEYS = ['whenDeleted', 'relationshipTypes', 'source', 'vaccines', 'link', 'owners', 'server'];

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` or `BAD_MAPPING` (configuration), naming the key
 */
export function readMapOptions(given: MapCasesOptions): ResolvedMapOptions {
  refuseUnknownKeys('mapping options', given, KEYS);
  const { whenDeleted = 'leave', relationshipTypes, vaccines = [], link = () => undefined } = given;
  const { server = DEFAULT_SERVER, source = 'from' } = given;
  if (typeof server !== 'string' || server.trim() === '')
    throw badOption('server', 'must be a name');
  if (typeof link !== 'function') throw badOption('link', 'must be a function of a person');
  return {
    whenDeleted: readWhenDeleted(whenDeleted),
    relationshipTypes: readRelationshipTypes(relationshipTypes),
    source,
    ...readVaccines(vaccines),
    link,
    owners: readOwners(given.owners),
    server,
  };
}

function readVaccines(given: NonNullable<MapCasesOptions['vaccines']>) {
  const bad = () => badOption('vaccines', 'must be a table of codes, or a list of ids');
  if (given === null || typeof given !== 'object') throw bad();
  const pairs = Object.entries(given).filter(([, id]) => Array.isArray(given) || id !== null);
  if (pairs.some(([, id]) => typeof id !== 'string' || id === '')) throw bad();
  const vaccines = pairs.map(([, id]) => id as string);
  if (Array.isArray(given)) return { vaccines, optionCodes: {} };
  if (vaccines.some(id => !id.startsWith('LNG_'))) throw bad();
  const optionCodes: Record<string, string> = {};
  for (const [code, id] of pairs) optionCodes[id as string] ??= code;
  return { vaccines, optionCodes };
}

function readRelationshipTypes(given: MapCasesOptions['relationshipTypes']) {
  if (given === undefined) return undefined;
  const isTable = given !== null && typeof given === 'object' && !Array.isArray(given);
  if (isTable && Object.values(given).every(end => end === 'from' || end === 'to')) return given;
  throw badOption(
    'relationshipTypes',
    "must be an object of relationship type ids, each with 'from' or 'to'",
    "For example { ipjUWSTPKFt: 'from' }: the end who exposed the other.",
  );
}
