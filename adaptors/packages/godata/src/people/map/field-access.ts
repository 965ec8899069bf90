import type { FetchedTrackedEntityBatch } from '#common/handover/fetched-tracked-entity-batch.js';
import { dhis2PathsOf } from '#common/ownership/index.js';
import { configurationError } from '#common/reporting/errors.js';
import type { ResolvedMapOptions } from './options.js';

/** Checks that a mapping reads only what the account may read in DHIS2. */
export interface FieldAccess {
  /** Notes that the mapping reads an attribute, a data element, a stage or a relationship type. */
  ask(id: string): void;
  /**
   * @throws IntegrationError `UNREADABLE_FIELDS` (configuration) with everything that the mapping
   * reads and the account may not read
   */
  check(): void;
}

/**
 * Creates the check. Owner tables count like the mapping, because they name places in DHIS2.
 * Relationship types count only when they are named: a mapping of all types accepts those that it
 * can read.
 */
export function createFieldAccess(
  { unreadable = [], relationshipTypes }: FetchedTrackedEntityBatch,
  { owners, relationshipTypes: named = {} }: ResolvedMapOptions,
): FieldAccess {
  const types = Object.keys(named);
  const closed = new Set([
    ...unreadable,
    ...types.filter(id => relationshipTypes?.some(type => type.id === id) === false),
  ]);
  const asked = new Set(types);
  for (const owner of [owners.case, owners.contact].flatMap(table => Object.values(table ?? {}))) {
    for (const id of dhis2PathsOf(owner).flatMap(path => path.split('.'))) asked.add(id);
  }
  return {
    ask: id => asked.add(id),
    check() {
      const missing = [...closed].filter(id => asked.has(id)).sort();
      if (missing.length === 0) return;
      throw configurationError(
        'UNREADABLE_FIELDS',
        `The account may not read ${missing.length} of the attributes, data elements, stages and relationship types in DHIS2 that the mapping reads: ${missing.join(', ')}.`,
        {
          fix: 'Share them with the account in DHIS2 (metadata: can view; for stages and relationship types also data: can view), or remove them from the mapping. DHIS2 does not send their values now, so Go.Data would lose them.',
        },
      );
    },
  };
}
