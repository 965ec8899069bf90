import { ownOf } from '#common/collections/own.js';
import type {
  MappedTrackedEntityBatch,
  MappedValue,
} from '#common/handover/mapped-tracked-entity-batch.js';
import { attributeOf, mandatoryAttributes, type ProgramModel } from '../check/metadata.js';
import { attributesOf } from '../read/stored.js';
import { isSameValue, textOf } from '../values.js';
import type { ChosenEnrollment } from './choose-enrollment.js';
import type { GivenPath } from './decide-paths.js';
import { type PersonPlan, reject } from './person-plan.js';
import type { PersonEntity, PlanContext } from './plan-context.js';
import { noCode } from './plan-events.js';

/**
 * The attributes that the mapping has values for, as places of an owner table, and the link.
 * Attributes of the tracked entity type are written with the tracked entity, those of the program
 * with the enrollment.
 */
export function attributePaths(
  plan: PersonPlan,
  { id, stored }: PersonEntity,
  chosen: ChosenEnrollment,
  { batch, program, nameOf }: PlanContext,
): GivenPath[] {
  const before = stored ? attributesOf(stored) : new Map<string, string>();
  const isMandatory = (path: string) => mandatoryAttributes(program).some(({ id }) => id === path);
  return Object.entries(valuesOf(plan, batch)).flatMap(([path, value]) => {
    const text = textOf(value, batch.tables);
    if (text === undefined) {
      plan.leftOut.push(noCode(value));
      return [];
    }
    // Values that DHIS2 generates itself are not removed.
    if (text === null && attributeOf(program, path)?.generated) return [];
    const isSame = isSameValue(path, value, before.get(path) ?? '', batch);
    if (text === null && !isSame && isMandatory(path)) {
      reject(
        plan,
        'MISSING_VALUE',
        `${nameOf(path) ?? path}: Go.Data no longer has a value, and the program "${program.name}" requires one. DHIS2 keeps its own. Enter the value in Go.Data.`,
      );
      return [];
    }
    const uid = program.typeAttributes.has(path) ? id : chosen.uid;
    return [{ path, text, isSame, uid, isNew: stored === undefined }];
  });
}

/** Mandatory attributes that a person would lack. */
export function missingAttributes(
  plan: PersonPlan,
  { stored }: PersonEntity,
  program: ProgramModel,
  batch: MappedTrackedEntityBatch,
): string[] {
  const before = stored ? attributesOf(stored) : new Map<string, string>();
  const values = valuesOf(plan, batch);
  return mandatoryAttributes(program)
    .filter(({ id, generated }) => {
      if (generated || before.get(id)) return false;
      const value = ownOf(values, id);
      return value === undefined || !textOf(value, batch.tables);
    })
    .map(({ id }) => id);
}

function valuesOf(
  { entity }: PersonPlan,
  { linkAttribute }: MappedTrackedEntityBatch,
): Record<string, MappedValue> {
  return linkAttribute === undefined
    ? entity.attributes
    : { ...entity.attributes, [linkAttribute]: entity.id };
}
