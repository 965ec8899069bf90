import type { OrgUnit } from '../dhis2/index.js';
import type { Place } from './places.js';

/**
 * A tree of org units as places of an outbreak, parents first: its roots are countries, and the
 * units without children health areas; the levels between them count from below.
 */
export function placesOfOrgUnits(orgUnits: readonly OrgUnit[]): Place[] {
  const children = new Map<string, OrgUnit[]>();
  const roots: OrgUnit[] = [];
  for (const unit of orgUnits) {
    if (!unit.parent) roots.push(unit);
    else children.set(unit.parent.id, [...(children.get(unit.parent.id) ?? []), unit]);
  }
  const places: Place[] = [];
  const visit = (unit: OrgUnit): number => {
    const place: Place = {
      ...{ id: unit.id, code: unit.code ?? unit.id, name: unit.name, level: 4 },
      parentId: unit.parent?.id ?? null,
      ...spotOf(unit),
    };
    places.push(place);
    const heights = (children.get(unit.id) ?? []).map(visit);
    const height = heights.length > 0 ? Math.max(...heights) + 1 : 0;
    place.level = toLevel(height, unit.parent !== undefined);
    return height;
  };
  for (const root of roots) visit(root);
  return places;
}

function toLevel(height: number, hasParent: boolean): Place['level'] {
  if (height === 0) return 4;
  if (!hasParent) return 1;
  return height === 1 ? 3 : 2;
}

/** Degrees; in the middle of the Gulf of Guinea, where nobody lives, if the unit has no point. */
function spotOf({ geometry }: OrgUnit): Pick<Place, 'lat' | 'lng'> {
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: number[] };
  if (type !== 'Point') return { lat: 1.5, lng: -2.5 };
  return { lat: coordinates![1]!, lng: coordinates![0]! };
}
