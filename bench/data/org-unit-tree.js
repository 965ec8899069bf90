// A country of invented org units: five levels, districts with areas, facilities with points, some closed,
// some without a code, some siblings of one name.
const FANOUT = [1, 10, 10, 10];

/**
 * @param {number} count org units in all
 */
export function* orgUnits(count) {
  const above = [];
  let made = 0;
  for (let level = 1; made < count; level += 1) {
    const most = level <= FANOUT.length ? FANOUT.slice(0, level).reduce((a, b) => a * b) : count;
    const size = Math.min(most, count - made);
    const parents = above.at(-1) ?? [];
    const own = [];
    for (let n = 0; n < size; n += 1, made += 1) {
      const id = `O${String(made).padStart(10, '0')}`;
      own.push(id);
      yield unit({ id, n, level, parent: parents[n % parents.length] });
    }
    above.push(own);
  }
}

function unit({ id, n, level, parent }) {
  const at = [(n * 7919) % 3600, (n * 104729) % 1200];
  const [lng, lat] = [at[0] / 200 - 8, at[1] / 200 + 1];
  const isSmall = level > 4;
  return {
    id,
    name: isSmall ? `Facility ${n % 50 === 0 ? 'Central' : n}` : `Level ${level} place ${n}`,
    shortName: isSmall ? `F${n}` : `L${level} ${n}`,
    ...(n % 100 === 1 ? {} : { code: `OU_${level}_${n}` }),
    level,
    ...(parent ? { parent: { id: parent } } : {}),
    openingDate: '1990-01-01T00:00:00.000',
    ...(isSmall && n % 200 === 7 ? { closedDate: '2020-12-31T00:00:00.000' } : {}),
    geometry: isSmall
      ? { type: 'Point', coordinates: [lng, lat] }
      : { type: 'Polygon', coordinates: [circle(lng, lat, 0.5 / level)] },
  };
}

/** 100 corners, as a simplified border has. */
function circle(lng, lat, radius) {
  return Array.from({ length: 101 }, (_, n) => {
    const angle = ((n % 100) / 100) * 2 * Math.PI;
    return [lng + radius * Math.cos(angle), lat + radius * Math.sin(angle)].map(round);
  });
}

function round(degrees) {
  return Math.round(degrees * 1e5) / 1e5;
}
