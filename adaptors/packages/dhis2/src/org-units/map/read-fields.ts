import type { OrgUnitFields } from '#common/handover/mapped-org-unit-batch.js';
import { configurationError } from '#common/reporting/errors.js';

/** What DHIS2 does not know it would pass over, a mistyped property too. */
const KNOWN = ['name', 'shortName', 'code', 'point', 'closed'];

/**
 * Checks what the mapping made of a location, and tidies it: texts trimmed, blank ones omitted.
 *
 * @returns a blank name where there is none
 * @throws IntegrationError `BAD_MAPPING` (configuration) for what this adaptor does not write
 */
export function readFields(given: OrgUnitFields): OrgUnitFields & { shortName: string } {
  if (given === null || typeof given !== 'object') throw badMapping('must give an object');
  const unknown = Object.keys(given).filter(key => !KNOWN.includes(key));
  if (unknown.length > 0) {
    throw badMapping(`gives ${unknown.join(', ')}, which is not a property that it writes`);
  }
  const { point, closed } = given;
  if (closed != null && typeof closed !== 'boolean') {
    throw badMapping('must give true or false for closed');
  }
  if (point != null && !isPoint(point)) {
    throw badMapping('must give { lat, lng } for point, latitude from -90 to 90');
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
    throw badMapping(`must give a text for ${key}`);
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
    fix: `It gives ${KNOWN.join(', ')}.`,
  });
}
