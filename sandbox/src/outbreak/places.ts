import type { OrgUnit } from '../dhis2/index.js';
import type { GoDataRecord } from '../godata/index.js';
import { createDice, type Dice } from './dice.js';
import { toUid } from './ids.js';
import { toPlaceName } from './words.js';

/** A place of the invented country: an org unit of DHIS2 and the location of Go.Data with its id. */
export interface Place {
  id: string;
  code: string;
  name: string;
  /** 1, the country, to 4, a health area. */
  level: 1 | 2 | 3 | 4;
  parentId: string | null;
  /** Degrees. */
  lat: number;
  lng: number;
}

/** How many places there are below the country; each level is distributed evenly. */
export interface TreeSize {
  regions: number;
  districts: number;
  healthAreas: number;
}

/** @default that of the demonstration */
const DEFAULT_TREE: TreeSize = { regions: 4, districts: 16, healthAreas: 72 };

const SUFFIXES = { 1: '', 2: ' Region', 3: ' District', 4: '' } as const;

/**
 * The places of an invented country, parents first. Ids, codes and names are unique.
 *
 * @throws RangeError if a level is empty or has fewer places than the one above
 */
export function createPlaces(seed: number, size: TreeSize = DEFAULT_TREE): Place[] {
  const { regions, districts, healthAreas } = size;
  const isTree = [1, regions, districts, healthAreas].every(
    (count, index, all) => Number.isInteger(count) && count >= (all[index - 1] ?? 1),
  );
  if (!isTree)
    throw new RangeError('tree: whole numbers, 1 <= regions <= districts <= healthAreas.');
  const dice = createDice(seed, 1);
  const names = createUnique(() => toPlaceName(dice));
  const ids = createUnique(() => toUid(dice));
  const places: Place[] = [];
  let above: (Place | null)[] = [null];
  for (const [index, count] of [1, regions, districts, healthAreas].entries()) {
    const level = (index + 1) as Place['level'];
    const dealt = Array.from({ length: count }, (_, position) => {
      const parent = above[position % above.length]!;
      const rank = Math.floor(position / above.length) + 1;
      return {
        id: ids(),
        code: parent ? `${parent.code}-${String(rank).padStart(2, '0')}` : 'OD',
        name: `${names()}${SUFFIXES[level]}`,
        level,
        parentId: parent?.id ?? null,
        ...spot(dice, parent, level),
      };
    });
    places.push(...dealt);
    above = dealt;
  }
  return places;
}

/** The places as DHIS2 has them. */
export function placeToOrgUnit({ id, code, name, parentId, lat, lng }: Place): OrgUnit {
  return {
    id,
    code,
    name,
    shortName: name,
    openingDate: '2000-01-01',
    geometry: { type: 'Point', coordinates: [lng, lat] },
    ...(parentId ? { parent: { id: parentId } } : {}),
  };
}

/** The places as Go.Data has them, with the org unit's code among their identifiers (FACTS §6). */
export function placeToLocation(place: Place): GoDataRecord {
  const { id, code, name, level, parentId, lat, lng } = place;
  return {
    id,
    name,
    synonyms: [],
    identifiers: [{ code, description: 'DHIS2 code' }],
    active: true,
    parentLocationId: parentId,
    geoLocation: { lat, lng },
    geographicalLevelId: `LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_${level - 1}`,
    deleted: false,
  };
}

/** In the middle of the Gulf of Guinea, where nobody lives; children are around their parent. */
function spot(dice: Dice, parent: Place | null, level: number): Pick<Place, 'lat' | 'lng'> {
  const { lat, lng } = parent ?? { lat: 1.5, lng: -2.5 };
  const near = (degrees: number) => {
    const moved = degrees + (dice.next() - 0.5) / 2 ** (level - 2);
    return Math.round(moved * 1e4) / 1e4;
  };
  return parent ? { lat: near(lat), lng: near(lng) } : { lat, lng };
}

function createUnique(make: () => string): () => string {
  const used = new Set<string>();
  return () => {
    let text = make();
    // There are some thousand names; in a larger tree they get numbers.
    for (let attempt = 2; used.has(text); attempt += 1) {
      text = attempt > 20 ? `${make()} ${used.size}` : make();
    }
    used.add(text);
    return text;
  };
}
