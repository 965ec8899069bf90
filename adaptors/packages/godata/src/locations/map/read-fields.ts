import type {
  Identifier,
  LocationFields,
  MappedLocation,
} from '#common/handover/mapped-location-batch.js';
import { configurationError } from '#common/reporting/errors.js';
import { nameKey } from '../name-key.js';

/** The fields of a location. Go.Data stores any field, also a mistyped one (godata FACTS §4). */
const KNOWN = new Set([
  'name',
  'synonyms',
  'identifiers',
  'active',
  'geographicalLevelId',
  'geoLocation',
  'populationDensity',
]);

/**
 * Checks the fields that the mapping gave for an org unit. Trims the name and removes blank
 * synonyms.
 *
 * @param place what the mapping does not choose
 * @throws IntegrationError `BAD_MAPPING` (configuration) for a field that Go.Data's locations do
 * not have
 */
export function readFields(
  given: LocationFields,
  { id, parent }: Pick<MappedLocation, 'id' | 'parent'>,
): MappedLocation {
  if (given === null || typeof given !== 'object') throw badMapping('must give an object');
  if (!Object.keys(given).every(isKnown)) {
    const unknown = Object.keys(given).filter(key => !isKnown(key));
    throw badMapping(`gives ${unknown.join(', ')}, which Go.Data's locations do not have`);
  }
  const { name, synonyms = [], identifiers = [], active = true, geoLocation } = given;
  const { geographicalLevelId, populationDensity } = given;
  if (typeof active !== 'boolean') throw badMapping('must give true or false for active');
  if (!Array.isArray(synonyms)) throw badMapping('must give a list for synonyms');
  if (!Array.isArray(identifiers) || !identifiers.every(isIdentifier)) {
    throw badMapping('must give a list of { code, description } for identifiers');
  }
  if (geoLocation != null && !isPoint(geoLocation)) {
    throw badMapping('must give { lat, lng } for geoLocation, latitude from -90 to 90');
  }
  const own = String(name ?? '').trim();
  // A country has 100,000 of them: spreads of what is there would take twice the time.
  const location: MappedLocation = {
    id,
    name: own,
    synonyms: tidySynonyms(own, synonyms),
    identifiers: identifiers.map(tidyIdentifier),
    active,
  };
  if (parent !== undefined) location.parent = parent;
  if (geographicalLevelId !== undefined) location.geographicalLevelId = geographicalLevelId;
  if (populationDensity !== undefined) location.populationDensity = populationDensity;
  if (geoLocation != null) location.geoLocation = { lat: geoLocation.lat, lng: geoLocation.lng };
  return location;
}

function isKnown(key: string): boolean {
  return KNOWN.has(key);
}

function tidyIdentifier({ code, description }: Identifier): Identifier {
  return code ? { code: String(code), description } : { description };
}

function tidySynonyms(name: string, synonyms: readonly unknown[]): string[] {
  const keys = [nameKey(name), ''];
  const kept: string[] = [];
  for (const synonym of synonyms) {
    const text = String(synonym ?? '').trim();
    const key = nameKey(text);
    if (keys.includes(key)) continue;
    keys.push(key);
    kept.push(text);
  }
  return kept;
}

function isIdentifier(value: unknown): value is Identifier {
  const { description } = (value ?? {}) as Partial<Identifier>;
  return typeof description === 'string' && description.trim() !== '';
}

function isPoint(value: object): boolean {
  const { lat, lng } = value as { lat?: unknown; lng?: unknown };
  return isWithin(lat, 90) && isWithin(lng, 180);
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= most;
}

function badMapping(what: string) {
  return configurationError('BAD_MAPPING', `The function of mapLocations ${what}.`, {
    fix: `The function can give ${[...KNOWN].join(', ')}.`,
  });
}
