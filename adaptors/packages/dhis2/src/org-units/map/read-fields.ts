import type { OrgUnitFields } from '#common/handover/mapped-org-unit-batch.js';
import { configurationError } from '#common/reporting/errors.js';

/** The properties that a mapping can return. DHIS2 would ignore a mistyped one. */
const KNOWN = ['name', 'shortName', 'code', 'point', 'closed'];

/**
 * Checks the properties that the mapping returns, trims texts and omits blank ones.
 *
 * @returns a blank name if there is none
 * @throws IntegrationError `BAD_MAPPING` (configuration) for properties that this adaptor does not
 * write
 */
export function readFields(given: OrgUnitFields): OrgUnitFields & { shortName: string } {
  if (given === null || typeof given !== 'object') throw badMapping('must return an object');
  const unknown = Object.keys(given).filter(key => !KNOWN.includes(key));
  if (unknown.length > 0) {
    throw badMapping(`returns ${unknown.join(', ')}, which mapOrgUnits does not write`);
  }
  const { point, closed } = given;
  if (closed != null && typeof closed !== 'boolean') {
    throw badMapping('must return true or false for closed');
  }
  if (point != null && !isPoint(point)) {
    throw badMapping('must return { lat, lng } for point, latitude from -90 to 90');
  }
  const name = readText('name', given.name);
  const code = readText('code', given.code);
  return {
    name,
    shortName: readText('shortName', given.shortName) || name,
    ...(code === '' ? {} : { code }),
    ...(point == null ? {} : { point: { lat: point.lat, lng: point.lng } }),
    ...(closed == null ? {} : { closed }),
  };
}

function readText(key: string, value: unknown): string {
  if (value != null && typeof value !== 'string' && typeof value !== 'number') {
    throw badMapping(`must return a text for ${key}`);
  }
  return String(value ?? '').trim();
}

function isPoint(value: object): boolean {
  const { lat, lng } = value as { lat?: unknown; lng?: unknown };
  return isWithin(lat, 90) && isWithin(lng, 180);
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Math.abs(value) <= most;
}

function badMapping(what: string) {
  return configurationError('BAD_MAPPING', `The function of mapOrgUnits ${what}.`, {
    fix: `It can return: ${KNOWN.join(', ')}.`,
  });
}
