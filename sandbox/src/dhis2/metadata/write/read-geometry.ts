import type { JsonObject } from '../../http/json-object.js';
import { Refusal } from '../../http/web-message.js';
import type { Dialect } from '../../versions/dialect.js';

type Position = [number, number];

/**
 * Reads the geometry of an org unit as the server does (dhis2 LIVE 243, recordings 072 to 075).
 * Values that are not numbers are converted, null becomes 0, and coordinates may be outside the
 * globe. An open ring, or no coordinates at all, is status 500 up to 2.42, and 409 since. A third
 * coordinate is 409 in both.
 *
 * @throws Refusal 400 for an invalid geometry, 409 or 500 for one that cannot be read
 */
export function readGeometry(
  json: JsonObject,
  { unreadableGeometryStatus: status }: Dialect,
): object | undefined {
  if (!json.has('geometry')) return undefined;
  const geometry = json.object('geometry');
  const { type, coordinates } = geometry.plain as { type?: unknown; coordinates?: unknown };
  if (typeof type !== 'string') throw new Refusal(400, { message: 'Invalid geometry' });
  if (type === 'GeometryCollection') return geometry.plain;
  const unreadable = (message: string) =>
    new Refusal(status, {
      message:
        status === 500
          ? message
          : `${message} (through reference chain: org.hisp.dhis.organisationunit.OrganisationUnit["geometry"])`,
    });
  if (!Array.isArray(coordinates) || coordinates.length === 0) {
    throw unreadable('Geometry has no coordinates');
  }
  const readPosition = (one: unknown): Position => {
    if (!Array.isArray(one) || one.length < 2) throw unreadable('Invalid coordinates');
    if (one.length > 2) throw new Refusal(409, { message: 'Invalid coordinates' });
    return [Number(one[0] ?? 0), Number(one[1] ?? 0)];
  };
  const readRing = (ring: unknown): Position[] => {
    if (!Array.isArray(ring)) throw unreadable('Invalid coordinates');
    const positions = ring.map(readPosition);
    if (String(positions[0]) !== String(positions.at(-1))) {
      throw unreadable('Points of LinearRing do not form a closed linestring');
    }
    return positions;
  };
  const readers: Record<string, (list: unknown[]) => unknown> = {
    Point: readPosition,
    Polygon: list => list.map(readRing),
    MultiPolygon: list => list.map(polygon => (polygon as unknown[]).map(readRing)),
  };
  const read = readers[type];
  return read ? { type, coordinates: read(coordinates) } : geometry.plain;
}
