import type { CollectionName } from '../dhis2/metadata/collections.js';
import { MODELS, type ModelName } from '../dhis2/metadata/model.js';
import { DEFAULT_COMBO } from '../dhis2/seed/default-objects.js';
import { isUid } from '../outbreak/index.js';
import { nameObject, type Problem } from './problems.js';
import { isComputed, isOmitted } from './properties.js';

/** An object of an export, before and after it is reduced to what the sandbox models. */
export type ExportedObject = Readonly<Record<string, unknown>>;

const MISSING_FIX =
  'Export it again with all properties: /api/programs/{id}/metadata.json, /api/dataSets/{id}/metadata.json or /api/metadata.json.';
const UNKNOWN_FIX =
  'Remove the property from the file, if the sandbox may behave as a server without it.';

/** Properties without which the sandbox cannot tell what an object is. */
const REQUIRED: Readonly<Partial<Record<CollectionName, readonly string[]>>> = {
  organisationUnitLevels: ['level'],
  categories: ['categoryOptions'],
  categoryCombos: ['categories'],
  categoryOptionCombos: ['categoryCombo', 'categoryOptions'],
  options: ['code', 'optionSet'],
  dataElements: ['valueType', 'aggregationType'],
  dataSets: ['periodType', 'dataSetElements'],
  trackedEntityAttributes: ['valueType'],
  programStages: ['program', 'programStageDataElements'],
  relationshipTypes: ['fromConstraint', 'toConstraint'],
  programRules: ['program', 'condition'],
  programRuleActions: ['programRule', 'programRuleActionType'],
  programRuleVariables: ['program', 'programRuleVariableSourceType'],
};

/** Values of lists and numbers that an export of an older or newer server may omit. */
const BY_DEFAULT: Readonly<Partial<Record<CollectionName, ExportedObject>>> = {
  dataElements: { zeroIsSignificant: false, categoryCombo: { id: DEFAULT_COMBO } },
  dataSets: {
    openFuturePeriods: 0,
    expiryDays: 0,
    organisationUnits: [],
    categoryCombo: { id: DEFAULT_COMBO },
  },
  trackedEntityTypes: { trackedEntityTypeAttributes: [] },
  programs: { organisationUnits: [], programTrackedEntityAttributes: [] },
  relationshipTypes: { bidirectional: false },
  programRules: { programRuleActions: [] },
};

/** Classes whose objects have no name in an export. */
const NAMELESS: ReadonlySet<CollectionName> = new Set(['programRuleActions', 'options']);

/**
 * An object of an export as the sandbox keeps it. A property that the sandbox neither models nor may
 * omit is a problem, unless it is empty.
 *
 * @param collection its class, as the key of the export
 * @param problems what is wrong with it is added here
 * @returns undefined if it is no object with an id
 */
export function toObject(
  collection: CollectionName,
  exported: unknown,
  problems: Problem[],
): ExportedObject | undefined {
  const object = (isObject(exported) ? exported : {}) as ExportedObject;
  const name = nameObject(collection, object);
  if (!isUid(object.id)) {
    problems.push({
      what: `${name} has no valid id (11 letters and digits).`,
      fix: MISSING_FIX,
    });
    return undefined;
  }
  const required = [...(NAMELESS.has(collection) ? [] : ['name']), ...(REQUIRED[collection] ?? [])];
  for (const property of required.filter(one => isEmpty(object[one]) && !isList(object[one]))) {
    const what = `${name} has no property ${property}.`;
    problems.push({ what, fix: MISSING_FIX, cause: `${collection} without ${property}` });
  }
  const reduced = reduce(collection, object, property => {
    const what = `${name}: the sandbox does not model ${property}.`;
    problems.push({ what, fix: UNKNOWN_FIX, cause: `${collection} ${property}` });
  });
  return { ...BY_DEFAULT[collection], ...reduced };
}

function reduce(
  model: ModelName,
  object: ExportedObject,
  onUnknown: (property: string) => void,
): ExportedObject {
  const reduced: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(object)) {
    if (value === null || value === undefined || isComputed(model, property)) continue;
    // Approval of data, which the sandbox does not model although it can say that there is none.
    const kind = property === 'workflow' ? undefined : MODELS[model][property];
    if (kind === undefined) {
      if (!isOmitted(model, property) && !isEmpty(value) && !isDefaultCombo(property, value)) {
        onUnknown(property);
      }
    } else if (kind === 'value') {
      if (!OF_READER.has(property)) reduced[property] = toValue(property, value);
    } else if (kind.kind === 'parts') {
      reduced[property] = (Array.isArray(value) ? value : []).map(part =>
        reduce(kind.model, part as ExportedObject, inner => onUnknown(`${property}.${inner}`)),
      );
    } else if (kind.kind === 'refs') {
      reduced[property] = (Array.isArray(value) ? value : []).map(toRef);
    } else {
      reduced[property] = toRef(value);
    }
  }
  return reduced;
}

/** What depends on who reads; a server computes it. */
const OF_READER: ReadonlySet<string> = new Set(['access', 'displayName', 'displayShortName']);

/** The combo of enrollments, which 2.42 and later export: any other one than the default. */
function isDefaultCombo(property: string, value: unknown): boolean {
  return property === 'enrollmentCategoryCombo' && toRef(value).id === DEFAULT_COMBO;
}

const CONSTRAINT = ['relationshipEntity', 'trackedEntityType', 'program', 'programStage'];

function toValue(property: string, value: unknown): unknown {
  if (property !== 'fromConstraint' && property !== 'toConstraint') return value;
  const entries = Object.entries(value as ExportedObject).filter(([name]) =>
    CONSTRAINT.includes(name),
  );
  return Object.fromEntries(
    entries.map(([name, part]) => [name, isObject(part) ? toRef(part) : part]),
  );
}

function toRef(value: unknown): { id: string } {
  return { id: String((value as { id?: unknown } | null)?.id) };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): boolean {
  return Array.isArray(value);
}

/** Nothing, or what a server writes for nothing. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (typeof value === 'number') return value === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
