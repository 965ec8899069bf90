// How WHO's published converter of org units finds parents and children: it goes through the whole list
// for each of them. Here without its mistakes; reads and writes the same files as convert-org-units.
import { readFileSync, writeFileSync } from 'node:fs';

const [input, output] = process.argv.slice(2);
const { organisationUnits: units } = JSON.parse(readFileSync(input, 'utf8'));

function find(id) {
  for (const unit of units) if (unit.id === id) return unit;
  return undefined;
}

function childrenOf({ id }) {
  const found = [];
  for (const unit of units) if (unit.parent?.id === id) found.push(unit);
  return found;
}

function toLocation(unit) {
  const { id, name, code, level, parent } = unit;
  const location = {
    id,
    name,
    synonyms: [],
    identifiers: [{ code: code ?? id }],
    active: true,
    parentLocationId: (parent && find(parent.id)?.id) ?? null,
    geoLocation: null,
    geographicalLevelId: `LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_ADMIN_LEVEL_${level - 1}`,
  };
  return { location, children: childrenOf(unit).map(toLocation) };
}

writeFileSync(output, JSON.stringify(units.filter(({ parent }) => !parent).map(toLocation)));
