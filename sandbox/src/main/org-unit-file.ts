import type { OrgUnit } from '../dhis2/index.js';
import type { GoDataRecord } from '../godata/index.js';
import { type InputFile, readJsonFile } from '../input/files.js';
import { UsageError } from '../input/usage-error.js';
import { isUid } from '../outbreak/index.js';
import type { Places } from './places.js';

/**
 * Reads org units as DHIS2 exports them. An org unit whose parent is not in the file becomes a root.
 *
 * @throws UsageError if the file is something else
 */
export function readOrgUnitFile(file: string): OrgUnit[] {
  const input: InputFile = {
    path: file,
    what: 'org unit list',
    fix: 'Give the answer of GET /api/organisationUnits?fields=id,code,name,parent&paging=false: {"organisationUnits": [...]}.',
  };
  const content = readJsonFile(input) as { organisationUnits?: unknown } | null;
  const list = content?.organisationUnits;
  if (!Array.isArray(list) || list.length === 0) {
    throw new UsageError(
      `The org unit list ${file} does not contain organisationUnits.`,
      input.fix,
    );
  }
  const ids = new Set<unknown>(list.map(unit => unit?.id));
  return list.map((unit, index) => {
    if (!isUid(unit?.id) || typeof unit.name !== 'string') {
      throw new UsageError(
        `Org unit ${index + 1} of ${file} has no valid id (11 letters and digits) or no name.`,
        input.fix,
      );
    }
    return toOrgUnit(unit, ids);
  });
}

/** Only the fields that the sandbox needs: levels, paths and children follow from the parents. */
function toOrgUnit(unit: OrgUnit, ids: ReadonlySet<unknown>): OrgUnit {
  const { id, code, name, shortName = name.slice(0, 50), openingDate, closedDate, parent } = unit;
  const { geometry } = unit;
  return {
    id,
    name,
    shortName,
    ...(code ? { code } : {}),
    ...(openingDate ? { openingDate } : {}),
    ...(closedDate ? { closedDate } : {}),
    ...(geometry ? { geometry } : {}),
    ...(parent && ids.has(parent.id) ? { parent: { id: parent.id } } : {}),
  };
}

/**
 * A location for each org unit. Its id is the org unit's id, or its code if the cases use that.
 * Other locations of cases stay without an org unit, as in a real list.
 */
export function matchOrgUnits(locationIds: readonly string[], orgUnits: OrgUnit[]): Places {
  const used = new Set(locationIds);
  const ids = new Set(orgUnits.map(({ id }) => id));
  const idOf = ({ id, code }: OrgUnit) => (code && used.has(code) && !ids.has(code) ? code : id);
  const locationIdOf = new Map(orgUnits.map(unit => [unit.id, idOf(unit)]));
  const locations: GoDataRecord[] = orgUnits.map(unit => ({
    id: idOf(unit),
    name: unit.name,
    identifiers: unit.code ? [{ code: unit.code, description: 'DHIS2 code' }] : [],
    active: true,
    parentLocationId: unit.parent ? locationIdOf.get(unit.parent.id)! : null,
  }));
  const known = new Set(locations.map(({ id }) => id));
  const unknown = locationIds.filter(id => !known.has(id));
  return {
    orgUnits,
    unknown,
    locations: [
      ...locations,
      ...unknown.map(id => ({ id, name: id, active: true, parentLocationId: null })),
    ],
  };
}
