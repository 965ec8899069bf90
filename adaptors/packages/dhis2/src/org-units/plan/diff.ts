import type { Point } from '#common/handover/fetched-org-unit-batch.js';
import { isClosed, type RawOrgUnit } from '../to-org-unit.js';
import type { NewOrgUnit, OrgUnitChanges, PointGeometry } from './changes.js';
import type { Target } from './target.js';

/** Difference in degrees that does not count: far less than a step on the ground. */
const TOLERANCE = 1e-7;
/** The longest code that DHIS2 stores. */
const LONGEST_CODE = 50;

/**
 * The org unit to create. If the mapping gives no code, the code is the location's id, by which
 * other tools find it.
 *
 * @param today `yyyy-MM-dd`, the closing date if the location is not active
 */
export function toNewOrgUnit({ uid, mapped, parent }: Target, today: string): NewOrgUnit {
  const { id, name, shortName, openingDate, closed, point } = mapped;
  const code = wantedCode(mapped) ?? (id.length <= LONGEST_CODE ? id : undefined);
  return {
    id: uid,
    name,
    shortName,
    ...(code === undefined ? {} : { code }),
    openingDate,
    ...(closed ? { closedDate: later(today, openingDate) } : {}),
    ...(parent ? { parent: { id: parent } } : {}),
    ...(point ? { geometry: toGeometry(point) } : {}),
  };
}

/**
 * The properties of an existing org unit to change. Properties that the mapping does not give stay,
 * and a point never replaces an area.
 *
 * @param now the current org unit
 * @param today `yyyy-MM-dd`
 */
export function diffOrgUnit(
  now: RawOrgUnit,
  { mapped, parent, keepsCode }: Target,
  today: string,
): OrgUnitChanges {
  const { name, shortName, closed, point } = mapped;
  const code = keepsCode ? undefined : wantedCode(mapped);
  const closedDate = closed === undefined ? undefined : wantedClosing(now, closed, today);
  return {
    ...(now.name === name ? {} : { name }),
    ...(now.shortName === shortName ? {} : { shortName }),
    ...(code === undefined || now.code === code ? {} : { code }),
    ...(parent === undefined || (now.parent?.id ?? null) === parent ? {} : { parent }),
    ...(closedDate === undefined ? {} : { closedDate }),
    ...(point && isOther(now.geometry, point) ? { geometry: toGeometry(point) } : {}),
  };
}

/** The code that the mapping gives, unless it is too long for DHIS2. */
export function wantedCode({ code, cut = [] }: Target['mapped']): string | undefined {
  return cut.includes('code') ? undefined : code;
}

/**
 * The closing date to set. A date that has come is never changed. null opens the org unit again;
 * undefined changes nothing.
 */
export function wantedClosing(
  now: Pick<RawOrgUnit, 'openingDate' | 'closedDate'>,
  closed: boolean,
  today: string,
): string | null | undefined {
  if (isClosed(now, today)) return closed ? undefined : null;
  if (!closed) return undefined;
  // DHIS2 accepts no closing date before the opening date (E4013).
  const day = later(today, now.openingDate?.slice(0, 10) ?? today);
  return now.closedDate?.slice(0, 10) === day ? undefined : day;
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}

function toGeometry({ lat, lng }: Point): PointGeometry {
  return { type: 'Point', coordinates: [lng, lat] };
}

function isOther(geometry: RawOrgUnit['geometry'], { lat, lng }: Point): boolean {
  if (geometry == null) return true;
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown };
  if (type !== 'Point' || !Array.isArray(coordinates)) return false;
  const [nowLng, nowLat] = coordinates as number[];
  return !(Math.abs(nowLng! - lng) < TOLERANCE && Math.abs(nowLat! - lat) < TOLERANCE);
}
