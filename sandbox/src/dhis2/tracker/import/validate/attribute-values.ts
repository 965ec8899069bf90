import { valueProblem } from '../../../import/value-type.js';
import type { TrackedEntityAttribute } from '../../types.js';
import type { PayloadEnrollment, PayloadTrackedEntity, PayloadValue } from '../payload.js';
import type { Validation } from './validation.js';

type Owner = PayloadTrackedEntity | PayloadEnrollment;

/** Value types whose check has a word of its own, up to 2.40. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  NUMBER: 'is not a valid numeric type for attribute',
  BOOLEAN: 'is not a valid boolean type for attribute',
  DATE: 'is not a valid date type for attribute',
  DATETIME: 'is not a valid datetime for attribute',
  TRUE_ONLY: 'is not true (true-only type) for attribute',
};

/** The type, the option set and the uniqueness of one value. */
export function checkAttributeValue(
  validation: Validation,
  owner: Owner,
  attribute: TrackedEntityAttribute,
  value: string,
): void {
  checkType(validation, owner, attribute, value);
  checkOption(validation, owner, attribute, value);
  checkUnique(validation, owner, attribute, value);
}

/** Mandatory attributes cannot be removed. */
export function checkRemoval(
  { reporter }: Validation,
  owner: Owner,
  { id, value }: PayloadValue,
  mandatory: ReadonlySet<string>,
): void {
  if (value !== undefined || id === undefined || !mandatory.has(id)) return;
  reporter.error(owner, 'E1076', 'TrackedEntityAttribute', id);
}

function checkType(
  { reporter, dialect, store }: Validation,
  owner: Owner,
  { id, valueType }: TrackedEntityAttribute,
  value: string,
): void {
  const problem = valueProblem(value, valueType);
  if (problem !== undefined && dialect.hasTypeErrors) {
    reporter.error(owner, 'E1085', id, problem);
    const words = DESCRIPTIONS[valueType];
    if (words) reporter.error(owner, 'E1007', valueType, `Value '${value}' ${words} ${id} `);
  } else if (problem !== undefined) {
    reporter.error(owner, 'E1007', valueType, typeProblem(valueType, value));
  } else if (valueType === 'ORGANISATION_UNIT' && !store.metadata.get('organisationUnits', value)) {
    const text = dialect.hasTypeErrors
      ? ` Value ${value} is not a valid org unit value`
      : `Organisation unit \`${value}\` could not be found.`;
    reporter.error(owner, 'E1007', valueType, text);
  }
}

/** The server's words for a value of another type, since 2.41. */
export function typeProblem(valueType: string, value: string): string {
  return `Value type is ${valueType} but the value \`${value}\` is not.`;
}

function checkOption(
  validation: Validation,
  owner: Owner,
  { id, valueType, optionSet }: TrackedEntityAttribute,
  value: string,
): void {
  if (!optionSet || hasOptions(validation, optionSet.id, valueType, value)) return;
  validation.reporter.error(owner, 'E1125', value, optionSet.id, 'TrackedEntityAttribute', id);
}

/** Whether a value is the code of an option, or several such codes. */
export function hasOptions(
  { store }: Validation,
  optionSet: string,
  valueType: string,
  value: string,
): boolean {
  const codes = valueType === 'MULTI_TEXT' ? value.split(',') : [value];
  return codes.every(code => store.metadata.hasOption(optionSet, code));
}

/**
 * A unique value belongs to one tracked entity, in the payload and on the server. In one payload it is so
 * whatever the org unit (recording 184). Real servers see two of one payload by luck, and sometimes store
 * both (dhis2 LIVE 264); here they are always seen.
 */
function checkUnique(
  { reporter, store, bundle }: Validation,
  owner: Owner,
  { id, unique, orgunitScope }: TrackedEntityAttribute,
  value: string,
): void {
  if (!unique) return;
  const uid = owner.kind === 'trackedEntities' ? owner.uid : owner.trackedEntity;
  const orgUnitOf = (trackedEntity: string | undefined) =>
    bundle.find('trackedEntities', trackedEntity)?.orgUnit ??
    store.tracker.get('trackedEntities', trackedEntity ?? '')?.orgUnit;
  const isStored = store.tracker
    .trackedEntitiesWith(id, value)
    .some(other => other !== uid && (!orgunitScope || orgUnitOf(other) === orgUnitOf(uid)));
  const isTwice = bundle.trackedEntitiesWith(id, value).some(other => other !== uid);
  if (isStored || isTwice) reporter.error(owner, 'E1064', value, id);
}
