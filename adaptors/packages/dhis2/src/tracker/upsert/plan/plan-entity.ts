import type { AttributePart } from '../check/metadata.js';
import { attributesOf } from '../read/stored.js';
import { repeatEntity } from './bodies.js';
import type { GivenPath } from './decide-paths.js';
import type { PersonPlan, PlannedObject } from './person-plan.js';
import type { PersonEntity, PlanContext } from './plan-context.js';
import { generatedAttributes, repeatedAttributes, toAttributes } from './send-attributes.js';

/**
 * Plans a tracked entity itself: its org unit, and the attributes of its type.
 *
 * @param written places that are written
 * @param orgUnit of a new one
 */
export function planEntity(
  plan: PersonPlan,
  { id, stored }: PersonEntity,
  written: readonly GivenPath[],
  orgUnit: string,
  { program }: PlanContext,
): void {
  const attributes = written.filter(({ path }) => program.typeAttributes.has(path));
  const place = written.find(({ path }) => path === 'orgUnit');
  const base: Pick<PlannedObject, 'kind' | 'uid' | 'program' | 'fields'> = {
    kind: 'trackedEntities',
    uid: id,
    program: program.id,
    fields: [...(place ? ['orgUnit'] : []), ...attributes.map(({ path }) => path)],
  };
  if (!stored) {
    const values = attributes.filter(({ text }) => text !== null);
    const parts = [...program.typeAttributes.values()];
    plan.objects.push({
      ...base,
      change: 'create',
      fields: values.map(({ path }) => path),
      body: {
        trackedEntity: id,
        trackedEntityType: program.type.id,
        orgUnit,
        attributes: toAttributes(values),
      },
      generated: generatedAttributes(parts, values, new Map()),
    });
    return;
  }
  if (!place && attributes.length === 0) {
    plan.unchanged += 1;
    return;
  }
  const parts = [...program.typeAttributes.values()];
  const repeated = repeatedAttributes(
    place ? parts.map(toMandatory) : parts,
    written,
    attributesOf(stored),
  );
  plan.objects.push({
    ...base,
    change: 'update',
    body: {
      ...repeatEntity(place ? { ...stored, orgUnit: place.text! } : stored),
      attributes: [...toAttributes(attributes), ...repeated],
    },
  });
}

/**
 * A value that is unique within the org unit is sent again when the tracked entity moves. Otherwise
 * DHIS2 does not check whether another one has it there (dhis2 LIVE 223).
 */
function toMandatory(part: AttributePart): AttributePart {
  return part.trackedEntityAttribute.orgunitScope ? { ...part, mandatory: true } : part;
}
