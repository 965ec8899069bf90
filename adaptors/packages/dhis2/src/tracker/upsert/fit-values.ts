import { ownOf } from '#common/collections/own.js';
import type {
  MappedEntity,
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { isUid } from '#common/identity/uid.js';
import type { Adjusted } from '#common/reporting/report.js';
import type { Metadata } from './check/read-metadata.js';
import { textOf } from './values.js';

/** What fitting needs to know of DHIS2. */
interface FitContext extends Pick<Metadata, 'definitionOf' | 'nameOf'> {
  /** The org unit that a location itself is. */
  orgUnitOf(location: string): string | undefined;
}

/** People whose values are of the types of their fields, and the values that cannot be. */
export interface FittedEntities {
  entities: MappedEntity[];
  adjusted: Adjusted[];
}

/**
 * Gives values the form that DHIS2 has for them:
 *
 * - "no" in a field of the type TRUE_ONLY, which is ticked or left empty, empties it: DHIS2 refuses
 *   any other value (dhis2 LIVE, "Data values: the basics").
 * - A location in a field of the type ORGANISATION_UNIT becomes its org unit, which may have another
 *   id. A location without one is omitted and reported.
 */
export function fitValues(
  { entities, locations, tables }: MappedTrackedEntityBatch,
  { definitionOf, nameOf, orgUnitOf }: FitContext,
): FittedEntities {
  const adjusted: Adjusted[] = [];
  const fit = (
    { id: person, kind }: MappedEntity,
    values: Record<string, MappedValue>,
    stage?: string,
  ) => {
    const fitted: Record<string, MappedValue> = {};
    for (const [id, value] of Object.entries(values)) {
      const type = definitionOf(id)?.valueType;
      const isPlace = type === 'ORGANISATION_UNIT' && typeof value === 'string';
      if (type === 'TRUE_ONLY' && textOf(value, tables)?.toLowerCase() === 'false')
        fitted[id] = null;
      else if (!isPlace || !ownOf(locations, value)) fitted[id] = value;
      else {
        const orgUnit = orgUnitOf(value) ?? (isUid(value) ? value : undefined);
        if (orgUnit !== undefined) fitted[id] = orgUnit;
        else {
          const at = stage === undefined ? '' : `event of the stage "${nameOf(stage)}", `;
          const message = `${at}${nameOf(id)}: the location ${value} has no org unit. It is omitted, and the rest of the person is written. Run org-units-to-locations or locations-to-org-units.`;
          adjusted.push({ kind, id: person, code: 'UNKNOWN_ORG_UNIT', message });
        }
      }
    }
    return fitted;
  };
  const all = entities.map(entity => ({
    ...entity,
    attributes: fit(entity, entity.attributes),
    events: entity.events.map(event => ({
      ...event,
      values: fit(entity, event.values, event.stage),
    })),
  }));
  return { entities: all, adjusted };
}
