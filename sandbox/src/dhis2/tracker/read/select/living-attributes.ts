import type { AttributeValue, TrackedEntity } from '../../types.js';

/** The values of a tracked entity: of a deleted one nothing shows, and no search finds it (dhis2 LIVE 207). */
export function livingAttributes({ attributes, deleted }: TrackedEntity): AttributeValue[] {
  return deleted ? [] : attributes;
}
