import { ApiError } from '../errors.js';
import type { JsonObject } from '../types.js';

const TYPE = 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_';
const CURRENT = `${TYPE}USUAL_PLACE_OF_RESIDENCE`;
const PREVIOUS = `${TYPE}PREVIOUS_USUAL_PLACE_OF_RESIDENCE`;

/** An address with its defaults (r047). */
export function withAddressDefaults(address: JsonObject): JsonObject {
  return { typeId: CURRENT, geoLocationAccurate: false, ...address };
}

/**
 * Checks the addresses of a person: if there are any, exactly one is the current address, and a
 * previous address has a date (godata FACTS §5.4).
 *
 * @throws ApiError 422 (r046, r049)
 */
export function assertAddresses(addresses: readonly JsonObject[]): void {
  if (addresses.length === 0) return;
  const current = addresses.filter(address => address.typeId === CURRENT);
  if (current.length === 0) {
    const message = 'One of the addresses must be set as Current address';
    throw refuse('ADDRESS_MUST_HAVE_USUAL_PLACE_OF_RESIDENCE', message, { addresses });
  }
  if (current.length > 1) {
    const message =
      'Multiple addresses set as Current address. Only one address should be set as Current address';
    const details = { addresses, usualPlaceOfResidence: current };
    throw refuse('ADDRESS_MULTIPLE_USUAL_PLACE_OF_RESIDENCE', message, details);
  }
  const previous = addresses.filter(address => address.typeId === PREVIOUS && !address.date);
  if (previous.length > 0) {
    const message = 'Addresses set as Previous Current address must have a date set';
    const details = { addresses, previousUsualPlaceOfResidence: previous };
    throw refuse('ADDRESS_PREVIOUS_PLACE_OF_RESIDENCE_MUST_HAVE_DATE', message, details);
  }
}

/** The location of the current address, which the server stores beside it (r103), or null. */
export function usualPlaceOfResidence(addresses: readonly JsonObject[]): unknown {
  return currentAddress(addresses)?.locationId ?? null;
}

export function currentAddress(addresses: readonly JsonObject[]): JsonObject | undefined {
  return addresses.find(address => address.typeId === CURRENT);
}

function refuse(code: string, message: string, details: JsonObject): ApiError {
  return new ApiError(422, message, { code, details });
}
