import type { Place } from '#common/collections/tree.js';
import type { OrgUnit } from '#common/handover/fetched-org-unit-batch.js';
import type { Adjusted } from '#common/reporting/report.js';
import { representativePoint } from './geometry/representative-point.js';
import { type GeometrySource, readShape } from './geometry/shape.js';

/** An org unit as DHIS2's API returns it (dhis2 FACTS §3). */
export interface RawOrgUnit extends GeometrySource {
  id: string;
  name?: string | null;
  shortName?: string | null;
  code?: string | null;
  level?: number;
  parent?: { id: string } | null;
  openingDate?: string | null;
  closedDate?: string | null;
}

/**
 * Reduces an org unit to what a mapping needs: its geometry to one point, its dates to days.
 *
 * @param note called for a geometry that cannot be read; the org unit then has no point
 */
export function toOrgUnit(
  raw: RawOrgUnit,
  { level, depth, parent, closed, openBelow }: Place,
  note: (adjusted: Adjusted) => void,
): OrgUnit {
  const shape = readShape(raw);
  if (shape === 'broken') note(brokenCoordinates(raw.id));
  const { id, name, shortName, code, openingDate, closedDate } = raw;
  // A country has 100,000 of them: spreads of what is there would take twice the time.
  const unit: OrgUnit = { id, name: name ?? '', level, depth };
  if (shortName) unit.shortName = shortName;
  if (code) unit.code = code;
  if (parent !== undefined) unit.parent = parent;
  if (openingDate) unit.openingDate = openingDate.slice(0, 10);
  if (closedDate) unit.closedDate = closedDate.slice(0, 10);
  if (closed) unit.closed = closed;
  if (closed && openBelow) unit.openBelow = openBelow;
  if (shape && shape !== 'broken') unit.point = representativePoint(shape);
  return unit;
}

/** Whether an org unit is closed on a day: its closing date is on or before that day. */
export function isClosed({ closedDate }: Pick<RawOrgUnit, 'closedDate'>, today: string): boolean {
  return typeof closedDate === 'string' && closedDate.slice(0, 10) <= today;
}

function brokenCoordinates(id: string): Adjusted {
  return {
    kind: 'org unit',
    id,
    code: 'BROKEN_COORDINATES',
    message: 'Its coordinates are not a longitude and a latitude. It is used without them.',
  };
}
