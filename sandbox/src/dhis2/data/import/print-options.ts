import type { Dialect } from '../../versions/dialect.js';
import { type ImportOptions, schemeOf } from './options.js';

/** Options that no request to the sandbox changes (recording 341). */
const CONSTANT = {
  mergeMode: 'REPLACE',
  reportMode: 'FULL',
  skipExistingCheck: false,
  sharing: false,
  skipNotifications: false,
  skipAudit: false,
  datasetAllowsPeriods: false,
  strictDataSetApproval: false,
  strictDataSetLocking: false,
  strictDataSetInputPeriods: false,
  skipPatternValidation: false,
  ignoreEmptyCollection: false,
  skipLastUpdated: false,
  mergeDataValues: false,
  skipCache: false,
};

/**
 * The options of an import, as its summary and its job repeat them (recordings 341, 379, 399, 400).
 */
export function printOptions(options: ImportOptions, { importer }: Dialect): object {
  const { idSchemes, atomic, dataSet, ...flags } = options;
  return {
    idSchemes: Object.fromEntries(
      Object.entries(idSchemes).map(([name, text]) => [name, printScheme(schemeOf(name, text))]),
    ),
    ...(importer === 'group' ? { atomic } : {}),
    ...CONSTANT,
    ...flags,
    ...(dataSet === undefined ? {} : { dataSet }),
  };
}

function printScheme(scheme: string): object {
  const [type, attribute] = scheme.split(':');
  return { type: type!.toUpperCase(), ...(attribute ? { attribute } : {}) };
}
