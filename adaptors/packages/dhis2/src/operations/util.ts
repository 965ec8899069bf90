import { sha256 } from '#common/identity/sha256.js';
import { badOption } from '#common/operations/options.js';

export {
  CONTENT_TYPES,
  configureAuth,
  ensureArray,
  handleHttpResponse,
  handleResponse,
  prefixVersionToPath,
  prettyJson,
  request,
  selectId,
  shouldUseNewTracker,
  type UtilResponse,
} from './util-of-requests.js';

/** An object with attributes, in the form of the tracker API. */
export interface WithAttributes {
  attributes?: { attribute?: string; displayName?: string; value?: unknown }[];
}

/**
 * Creates an attribute of a tracked entity, in the form of the tracker API.
 *
 * @public
 * @example
 * util.attr('w75KJ2mc4zz', 'Elias'); // { attribute: 'w75KJ2mc4zz', value: 'Elias' }
 */
export function attr<T>(attribute: string, value: T): { attribute: string; value: T } {
  return { attribute, value };
}

/**
 * Creates a data value, in the form of DHIS2's API.
 *
 * @public
 * @example
 * util.dv('f7n9E0hX8qk', 12); // { dataElement: 'f7n9E0hX8qk', value: 12 }
 */
export function dv<T>(dataElement: string, value: T): { dataElement: string; value: T } {
  return { dataElement, value };
}

/**
 * Finds the value of an attribute by its display name, in upper or lower case. Returns undefined
 * when there is none.
 *
 * @public
 * @example
 * util.findAttributeValue(state.data.trackedEntities[0], 'first name');
 */
export function findAttributeValue(
  trackedEntity: WithAttributes | null | undefined,
  attributeDisplayName: string,
): unknown {
  const wanted = attributeDisplayName.toLowerCase();
  return trackedEntity?.attributes?.find(({ displayName }) => displayName?.toLowerCase() === wanted)
    ?.value;
}

/**
 * Finds the value of an attribute by its id. Returns undefined when there is none.
 *
 * @public
 * @example
 * util.findAttributeValueById(state.data.trackedEntities[0], 'y1w2R6leVmh');
 */
export function findAttributeValueById(
  trackedEntity: WithAttributes | null | undefined,
  attributeUid: string,
): unknown {
  return trackedEntity?.attributes?.find(({ attribute }) => attribute === attributeUid)?.value;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = `0123456789${LETTERS}`;

/**
 * Derives a DHIS2 id from a text. The same text always gives the same id, which is also the id that
 * the published adaptor derives.
 *
 * @public
 * @throws IntegrationError `BAD_OPTION` (configuration) when the seed is not a text
 * @example
 * util.deriveUid(`event:${state.orgUnit}:${state.period}`);
 */
export function deriveUid(seed: string): string {
  if (typeof seed !== 'string' || seed === '')
    throw badOption('seed of deriveUid', 'must be a text');
  let rest = BigInt(`0x${sha256(seed).slice(0, 32)}`);
  let tail = '';
  for (let place = 0; place < 10; place += 1) {
    tail = DIGITS[Number(rest % BigInt(62))]! + tail;
    rest /= BigInt(62);
  }
  return LETTERS[Number(rest % BigInt(52))]! + tail;
}
