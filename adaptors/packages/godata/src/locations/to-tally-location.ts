import type { TallyLocation } from '#common/handover/tally.js';
import type { Location } from '../client/requests/locations.js';

/** A location for the steps that find its org unit. */
export function toTallyLocation({
  name,
  parentLocationId,
  identifiers,
  geoLocation,
}: Location): TallyLocation {
  const codes = (identifiers ?? []).flatMap(({ code }) => (code ? [code] : []));
  return {
    name,
    ...(parentLocationId ? { parent: parentLocationId } : {}),
    ...(codes.length > 0 ? { identifiers: codes } : {}),
    ...(isPoint(geoLocation) ? { point: { lat: geoLocation.lat, lng: geoLocation.lng } } : {}),
  };
}

function isPoint(given: Location['geoLocation']): given is { lat: number; lng: number } {
  return Number.isFinite(given?.lat) && Number.isFinite(given?.lng);
}
