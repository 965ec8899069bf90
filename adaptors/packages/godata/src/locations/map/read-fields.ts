import type {
  Identifier,
  LocationFields,
  MappedLocation,
} from '#common/handover/mapped-location-batch.js';
import { configurationError } from '#common/reporting/errors.js';
import { nameKey } from '../name-key.js';

/** The fields of a location. Go.Data stores any field, also a mistyped one (godata FACTS §4). */
const KNOWN = [
  'name',
  'synonyms',
  'identifiers',
  'active',
  'geographicalLevelId',
  'geoLocation',
  'populationDensity',
];

/**
 * Checks the fields that the mapping gave for an org unit. Trims the name and removes blank
 * synonyms.
 *
 * @throws IntegrationError `BAD_MAPPING` (configuration) for a field that Go.Data's locations do
 * not have
 */
export function readFields(given: LocationFields): Omit<MappedLocation, 'id' | 'parent'> {
  if (given === null || typeof given !== 'object') throw badMapping('must give an object');
  const unknown = Object.keys(given).filter(key => !KNOWN.includes(key));
  if (unknown.length > 0) {
    throw badMapping(`gives ${unknown.join(', ')}, which Go.Data's locations do not have`);
  }
  const { name, synonyms = [], identifiers = [], active = true, geoLocation, ...rest } = given;
  if (typeof active !== 'boolean') throw badMapping('must give true or false for active');
  if (!Array.isArray(synonyms)) throw badMapping('must give a list for synonyms');
  if (!Array.isArray(identifiers) || !identifiers.every(isIdentifier)) {
    throw badMapping('must give a list of { code, description } for identifiers');
  }
  if (geoLocation != null && !isPoint(geoLocation)) {
    throw badMapping('must give { lat, lng } for geoLocation, latitude from -90 to 90');
  }
  const own = String(name ?? '').trim();
  return {
    ...rest,
    name: own,
    synonyms: tidySynonyms(own, synonyms),
    identifiers: identifiers.map(({ code, description }) =>
      code ? { code: String(code), description } : { description },
    ),
    active,
    ...(geoLocation == null ? {} : { geoLocation: { lat: geoLocation.lat, lng: geoLocation.lng } }),
  };
}

function tidySynonyms(name: string, synonyms: readonly unknown[]): string[] {
  const kept = new Map<string, string>();
  for (const synonym of synonyms) {
    const text = String(synonym ?? '').trim();
    const key = nameKey(text);
    if (text !== '' && key !== nameKey(name) && !kept.has(key)) kept.set(key, text);
  }
  return [...kept.values()];
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
    fix: `The function can give ${KNOWN.join(', ')}.`,
  });
}
