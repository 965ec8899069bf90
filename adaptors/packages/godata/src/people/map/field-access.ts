import { configurationError } from '../../../../../common/src/errors.js';
import { dhis2PathsOf, type Owners } from '../../../../../common/src/ownership/index.js';

/** Holds a mapping to the attributes and data elements that the account may read. */
export interface FieldAccess {
  /** Notes that the mapping has asked for the value of an attribute or a data element. */
  ask(id: string): void;
  /**
   * @throws IntegrationError `UNREADABLE_FIELDS` (configuration) where the mapping has asked for what
   *   the account may not read, naming all of it
   */
  check(): void;
}

/**
 * @param unreadable ids that the account may not read
 * @param owners whose each field is: their places in DHIS2 are read as well
 */
export function createFieldAccess(unreadable: readonly string[], owners: Owners): FieldAccess {
  const closed = new Set(unreadable);
  const asked = new Set<string>();
  for (const owner of [owners.case, owners.contact].flatMap(table => Object.values(table ?? {}))) {
    for (const path of dhis2PathsOf(owner)) asked.add(path.slice(path.indexOf('.') + 1));
  }
  return {
    ask: id => asked.add(id),
    check() {
      const missing = [...closed].filter(id => asked.has(id)).sort();
      if (missing.length === 0) return;
      throw configurationError(
        'UNREADABLE_FIELDS',
        `The account may not read ${missing.length} of the attributes and data elements in DHIS2 that the mapping reads: ${missing.join(', ')}.`,
        {
          fix: 'Share them with the account in DHIS2 (metadata: can view), or take them out of the mapping. Without that DHIS2 gives no values of them, and those in Go.Data would be emptied.',
        },
      );
    },
  };
}
