import type { TrackedEntityAttribute } from '../../types.js';
import type { PayloadEnrollment, PayloadTrackedEntity, PayloadValue } from '../payload.js';
import type { Validation } from './validation.js';
import { trackerValueProblem } from './value-problem.js';

type Owner = PayloadTrackedEntity | PayloadEnrollment;

/** Value types with a description of their own in the messages up to 2.40. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  NUMBER: 'is not a valid numeric type for attribute',
  BOOLEAN: 'is not a valid boolean type for attribute',
  DATE: 'is not a valid date type for attribute',
  DATETIME: 'is not a valid datetime for attribute',
  TRUE_ONLY: 'is not true (true-only type) for attribute',
};

/** Longest value of an attribute, in characters (recording 195). */
const MAX_LENGTH = 1200;

/** Checks the length, type, option set and uniqueness of one value. */
export function checkAttributeValue(
  validation: Validation,
  owner: Owner,
  attribute: TrackedEntityAttribute,
  value: string,
): void {
  if (value.length > MAX_LENGTH) validation.reporter.error(owner, 'E1077', value, `${MAX_LENGTH}`);
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
  const problem = trackerValueProblem(value, valueType);
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
  } else if (valueType === 'USERNAME' && !store.users.some(({ username }) => username === value)) {
    reporter.error(owner, 'E1007', valueType, `Username \`${value}\` could not be found.`);
  } else if (FILES.has(valueType)) {
    reporter.error(owner, 'E1007', valueType, noFile(value));
  }
}

/** Value types of files; the sandbox has no files. */
export const FILES: ReadonlySet<string> = new Set(['FILE_RESOURCE', 'IMAGE']);

/** The server's message for a file that does not exist. */
export function noFile(value: string): string {
  return `File resource \`${value}\` could not be found.`;
}

/** The server's message for a value of another type, since 2.41. */
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
 * Checks a unique value: only one tracked entity may have it, on the server and in the payload, or
 * only one of an org unit. If new tracked entities in one payload have equal values, all are
 * refused, because each of them conflicts with another (recordings 180 and 184; the server's
 * source, UniqueAttributesSupplier). By chance servers miss such equal values (dhis2 LIVE 264); a
 * seed can request this.
 */
function checkUnique(
  { reporter, store, bundle }: Validation,
  owner: Owner,
  { id, unique, orgunitScope }: TrackedEntityAttribute,
  value: string,
): void {
  if (!unique) return;
  const uid = owner.kind === 'trackedEntities' ? owner.uid : owner.trackedEntity;
  const stored = (trackedEntity = '') => store.tracker.get('trackedEntities', trackedEntity);
  const given = (trackedEntity = '') => bundle.find('trackedEntities', trackedEntity);
  const own = given(uid)?.orgUnit;
  const isNear = (orgUnit: string | undefined) =>
    !orgunitScope || (orgUnit !== undefined && orgUnit === own);
  const isStored = store.tracker
    .trackedEntitiesWith(id, value)
    .some(other => other !== uid && isNear(stored(other)?.orgUnit));
  const twins = store.chance.storesUniqueTwins ? [] : bundle.trackedEntitiesWith(id, value);
  const hasTwin =
    twins.length > 1 &&
    twins.some(
      other =>
        (other !== uid || !stored(uid)) && isNear(given(other)?.orgUnit ?? stored(other)?.orgUnit),
    );
  if (isStored || hasTwin) reporter.error(owner, 'E1064', value, id);
}
