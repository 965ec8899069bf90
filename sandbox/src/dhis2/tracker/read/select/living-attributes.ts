import type { AttributeValue, TrackedEntity } from '../../types.js';

/**
 * The visible values of a tracked entity: a deleted one shows no values, and no search finds it by
 * them (dhis2 LIVE 207).
 */
export function livingAttributes({ attributes, deleted }: TrackedEntity): AttributeValue[] {
  return deleted ? [] : attributes;
}
