import type { DataElement } from '#sandbox/dhis2/metadata/types.js';
import type { TrackerEvent } from '../../types.js';
import type { PayloadEvent } from '../payload.js';
import { FILES, hasOptions, noFile, typeProblem } from './attribute-values.js';
import type { Check, Validation } from './validation.js';
import { trackerValueProblem } from './value-problem.js';

/**
 * Statuses of events that can have data values; events with the others are planned, or never
 * happened.
 */
export const HAPPENED: ReadonlySet<TrackerEvent['status']> = new Set<TrackerEvent['status']>([
  'ACTIVE',
  'COMPLETED',
  'VISITED',
]);

/** Checks the values of an event (the server's source, DataValuesValidator). */
export const checkDataValues: Check<'events'> = (validation, one) => {
  const { reporter, bundle, dialect } = validation;
  const stage = validation.metadata('programStages', one.programStage)!;
  for (const { id, value } of one.dataValues) {
    const element = validation.metadata('dataElements', id);
    if (!element) reporter.error(one, 'E1304', id);
    else if (value !== undefined) checkDataValue(validation, one, element, value);
  }
  if (dialect.checksStatuses && !HAPPENED.has(one.status) && one.dataValues.length > 0) {
    reporter.error(one, 'E1315', one.status, `[${dialect.statusesWithValues.join(', ')}]`);
  }
  const parts = stage.programStageDataElements;
  const needsAll = stage.validationStrategy === 'ON_UPDATE_AND_INSERT';
  if (HAPPENED.has(one.status) && (needsAll || one.status === 'COMPLETED')) {
    const known = dialect.countsKnownValues ? (bundle.before(one)?.dataValues ?? []) : [];
    const given = new Map([
      ...known.map(({ dataElement, value }) => [dataElement, value] as const),
      ...one.dataValues.map(({ id, value }) => [id, value] as const),
    ]);
    for (const { compulsory, dataElement } of parts) {
      if (!compulsory) continue;
      if (!given.has(dataElement.id)) reporter.error(one, 'E1303', dataElement.id);
      else if (given.get(dataElement.id) === undefined) {
        reporter.error(one, 'E1076', 'DataElement', dataElement.id);
      }
    }
  }
  const members = new Set(parts.map(({ dataElement }) => dataElement.id));
  for (const { id } of one.dataValues) {
    // A data element that the user may not read counts as not in the stage (dhis2 LIVE, "Master
    // (2.44 ...)").
    const element = validation.metadata('dataElements', id);
    if (id === undefined || !members.has(id) || !element)
      reporter.error(one, 'E1305', id, stage.id);
  }
};

function checkDataValue(
  validation: Validation,
  one: PayloadEvent,
  { id, valueType, optionSet }: DataElement,
  value: string,
): void {
  const { reporter, dialect, store, user } = validation;
  if (optionSet && !hasOptions(validation, optionSet.id, valueType, value)) {
    reporter.error(one, 'E1125', value, optionSet.id, 'DataElement', id);
  }
  const problem = trackerValueProblem(value, valueType);
  const [name, words] = dialect.hasTypeErrors
    ? [id, problem]
    : [valueType, problem && typeProblem(valueType, value)];
  if (words) reporter.error(one, 'E1302', name, words);
  else if (valueType === 'ORGANISATION_UNIT' && !store.metadata.get('organisationUnits', value)) {
    reporter.error(one, 'E1302', name, `Organisation unit \`${value}\` could not be found.`);
  } else if (valueType === 'USERNAME' && value !== user.username) {
    // The server finds only the user who imports (recording 230; dhis2 LIVE 222).
    reporter.error(one, 'E1302', name, `Username \`${value}\` could not be found.`);
  } else if (FILES.has(valueType)) {
    reporter.error(one, 'E1302', name, noFile(value));
  }
}
