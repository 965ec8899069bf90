import type { Metadata } from '../check/read-metadata.js';
import { sentValues } from '../plan/unique-values.js';
import type { Group } from './pack.js';

/**
 * What no two people of one request may have in common. DHIS2 refuses equal values of unique
 * attributes in one payload together, or stores them together (dhis2 LIVE 223, 264).
 */
export function uniqueKeys(metadata: Metadata): (group: Group) => string[] {
  return group =>
    group
      .flatMap(sentValues)
      .filter(({ attribute }) => metadata.definitionOf(attribute)?.unique)
      .map(({ attribute, value }) => `${attribute} ${value}`);
}
