import type { OrgUnit } from '../dhis2/index.js';
import { OrgUnitTree } from '../dhis2/metadata/org-unit-tree.js';
import type { Objects } from './merge.js';
import { nameObject } from './problems.js';
import type { ExportedObject } from './to-object.js';

type Ref = { id: string };

/**
 * Gives the metadata its org units: those of the files, or other ones if the files have none. A
 * program or data set whose org units are in no file is assigned to others, as somebody who tries
 * it would: programs to the org units without children, data sets to the two lowest levels.
 *
 * @param others org units for files without any
 * @returns remarks about what was assigned, one sentence each
 */
export function placeObjects(objects: Objects, others: readonly OrgUnit[]): string[] {
  const own = objects.organisationUnits;
  if (own.size === 0) {
    for (const unit of others) own.set(unit.id, unit as unknown as ExportedObject);
  }
  const orphans = [...own.values()].filter(({ parent }) => parent && !own.has((parent as Ref).id));
  for (const [id, unit] of own) own.set(id, toOrgUnit(unit, own));
  const units = [...own.values()] as unknown as OrgUnit[];
  const tree = new OrgUnitTree(units);
  const lowest = Math.max(0, ...units.map(({ id }) => tree.level(id)));
  const places = {
    programs: units.filter(({ id }) => !tree.hasChildren(id)),
    dataSets: units.filter(({ id }) => tree.level(id) >= lowest - 1),
  };
  return [
    ...(orphans.length > 0
      ? [`${orphans.length} org units whose parent is in no file are roots of the tree.`]
      : []),
    ...(['programs', 'dataSets'] as const).flatMap(collection =>
      [...objects[collection]].flatMap(([id, object]) => {
        const assigned = object.organisationUnits as readonly Ref[];
        const known = assigned.filter(unit => own.has(unit.id));
        const chosen = known.length > 0 ? known : places[collection].map(unit => ({ id: unit.id }));
        objects[collection].set(id, { ...object, organisationUnits: chosen });
        if (known.length === assigned.length && known.length > 0) return [];
        const name = nameObject(collection, object);
        return known.length > 0
          ? `${name}: ${assigned.length - known.length} of its org units are in no file and are omitted.`
          : `${name}: its org units are in no file; it is assigned to ${chosen.length} org units of the sandbox.`;
      }),
    ),
  ];
}

/** The dates of an org unit are days, which exports write with a time (dhis2 FACTS §3). */
function toOrgUnit(unit: ExportedObject, all: ReadonlyMap<string, unknown>): ExportedObject {
  const { parent, openingDate, closedDate, ...others } = unit;
  return {
    ...others,
    ...(typeof openingDate === 'string' ? { openingDate: openingDate.slice(0, 10) } : {}),
    ...(typeof closedDate === 'string' ? { closedDate: closedDate.slice(0, 10) } : {}),
    ...(parent && all.has((parent as Ref).id) ? { parent } : {}),
  };
}
