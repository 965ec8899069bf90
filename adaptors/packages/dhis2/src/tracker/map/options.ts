import type { MappedEntityBatch } from '../../../../../common/src/mapped-entity-batch.js';
import { badOption, refuseUnknownKeys } from '../../../../../common/src/options.js';
import type { OutbreakPerson } from '../../../../../common/src/outbreak-people-batch.js';
import { type Owners, readOwners } from '../../../../../common/src/ownership/index.js';
import { DEFAULT_SERVER } from '../../../../../common/src/uid.js';
import { isUid } from '../../metadata.js';

/** How people become tracked entities, besides their values. */
export interface MapTrackedEntitiesOptions {
  /**
   * Programs, by id or code, in which people are enrolled. Contacts of contacts go to that of contacts
   * unless they have one of their own.
   */
  programs: { case: string; contact: string; contactOfContact?: string };
  /**
   * What ids in DHIS2 are made of, besides the Go.Data id. Never change it once people have been
   * written: all would be written again. Each Go.Data server that feeds one DHIS2 has a name of its own,
   * and `mapCases` has the same. Default `godata`.
   */
  server?: string;
  /** Attribute that holds the Go.Data id, where both programs have one. */
  linkAttribute?: string;
  /** Unique attributes by whose mapped value somebody is found who is in DHIS2 already. Default: none. */
  findBy?: readonly string[];
  /**
   * What becomes of a tracked entity whose person was deleted in Go.Data: `leave`; `cancel` its
   * enrollment; `delete`. Default `leave`.
   */
  whenDeleted?: MappedEntityBatch['whenDeleted'];
  /** Whose each field is, where both systems may change it. Default: all that is mapped is Go.Data's. */
  owners?: Owners;
}

/** Options, checked and completed. */
export interface ResolvedMapOptions
  extends Pick<
    MappedEntityBatch,
    'server' | 'linkAttribute' | 'findBy' | 'whenDeleted' | 'owners'
  > {
  programOf(kind: OutbreakPerson['kind']): string;
}

const KEYS = ['programs', 'server', 'linkAttribute', 'findBy', 'whenDeleted', 'owners'];
const PROGRAM_KEYS = ['case', 'contact', 'contactOfContact'] as const;

/**
 * Checks the options and completes them.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapOptions(given: MapTrackedEntitiesOptions): ResolvedMapOptions {
  refuseUnknownKeys('mapTrackedEntities options', given, KEYS);
  const { server = DEFAULT_SERVER, linkAttribute, findBy = [], whenDeleted = 'leave' } = given;
  if (!isText(server)) throw badOption('server', 'must be a name');
  if (linkAttribute !== undefined && !isUid(String(linkAttribute))) {
    throw badOption('linkAttribute', 'must be the id of an attribute');
  }
  if (!Array.isArray(findBy) || findBy.some(id => !isUid(String(id)))) {
    throw badOption('findBy', 'must be a list of ids of attributes');
  }
  if (!['leave', 'cancel', 'delete'].includes(whenDeleted)) {
    throw badOption('whenDeleted', "must be 'leave', 'cancel' or 'delete'");
  }
  return {
    programOf: readPrograms(given.programs),
    server,
    ...(linkAttribute === undefined ? {} : { linkAttribute }),
    findBy: [...findBy],
    whenDeleted,
    owners: readOwners(given.owners),
  };
}

function readPrograms(
  programs: MapTrackedEntitiesOptions['programs'],
): ResolvedMapOptions['programOf'] {
  refuseUnknownKeys('programs', programs, PROGRAM_KEYS);
  for (const key of PROGRAM_KEYS) {
    const isNeeded = key !== 'contactOfContact';
    if (programs[key] === undefined && !isNeeded) continue;
    if (!isText(programs[key]))
      throw badOption(`programs.${key}`, 'must be the id or code of a program');
  }
  const { contactOfContact = programs.contact } = programs;
  const byKind = {
    case: programs.case,
    contact: programs.contact,
    'contact-of-contact': contactOfContact,
  };
  return kind => byKind[kind];
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
