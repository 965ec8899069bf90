import { Query } from '../query.js';
import { Refusal, sandboxRefusal } from '../web-message.js';

/** How a kind of object is identified in a payload. */
export type IdScheme = 'uid' | 'code' | 'name';

export interface IdSchemes {
  dataSet: IdScheme;
  dataElement: IdScheme;
  orgUnit: IdScheme;
  categoryOptionCombo: IdScheme;
  attributeOptionCombo: IdScheme;
}

export type ImportStrategy = 'CREATE' | 'UPDATE' | 'CREATE_AND_UPDATE' | 'DELETE';

/** Options of an aggregate import (dhis2 FACTS §1.2); each dialect uses those that it knows. */
export interface ImportOptions {
  dryRun: boolean;
  async: boolean;
  importStrategy: ImportStrategy;
  /** Superusers: skip the checks of what is open for entry. */
  force: boolean;
  /** Since 2.43: write a group only when every value of it is valid. */
  atomic: boolean;
  strictPeriods: boolean;
  strictDataElements: boolean;
  strictCategoryOptionCombos: boolean;
  strictAttributeOptionCombos: boolean;
  strictOrganisationUnits: boolean;
  requireCategoryOptionCombo: boolean;
  requireAttributeOptionCombo: boolean;
  /** As sent; {@link resolveIdSchemes} adds the payload's own. */
  idSchemes: Readonly<Record<string, string>>;
}

/** Names of the scheme parameters, which a payload's header may carry as well. */
export const ID_SCHEME_PARAMS = [
  'idScheme',
  'dataSetIdScheme',
  'dataElementIdScheme',
  'orgUnitIdScheme',
  'categoryOptionComboIdScheme',
  'attributeOptionComboIdScheme',
] as const;

const FLAGS = [
  'dryRun',
  'async',
  'force',
  'atomic',
  'strictPeriods',
  'strictDataElements',
  'strictCategoryOptionCombos',
  'strictAttributeOptionCombos',
  'strictOrganisationUnits',
  'requireCategoryOptionCombo',
  'requireAttributeOptionCombo',
] as const;

/** Understood, and without effect on a store in memory. */
const WITHOUT_EFFECT = ['preheatCache', 'skipExistingCheck', 'skipAudit', 'reportMode'];
/** On by default and impossible to switch off but in the system settings. */
const ALWAYS_ON = ['strictDataSetApproval', 'strictDataSetLocking', 'strictDataSetInputPeriods'];

const STRATEGIES: Readonly<Record<string, ImportStrategy>> = {
  CREATE: 'CREATE',
  UPDATE: 'UPDATE',
  CREATE_AND_UPDATE: 'CREATE_AND_UPDATE',
  DELETE: 'DELETE',
  NEW: 'CREATE',
  UPDATES: 'UPDATE',
  NEW_AND_UPDATES: 'CREATE_AND_UPDATE',
  DELETES: 'DELETE',
};

/**
 * Reads the options of `POST /api/dataValueSets`.
 * @throws Refusal 400 on a parameter that the sandbox does not know or a value of the wrong type
 */
export function readImportOptions(params: Record<string, string[]>): ImportOptions {
  const known = [
    ...ID_SCHEME_PARAMS,
    ...FLAGS,
    ...WITHOUT_EFFECT,
    ...ALWAYS_ON,
    'importStrategy',
    'strategy',
  ];
  const query = new Query(params, known, 'POST /api/dataValueSets');
  if (query.flag('skipExistingCheck')) throw sandboxRefusal(400, 'skipExistingCheck=true');
  const flags = Object.fromEntries(FLAGS.map(name => [name, query.flag(name)]));
  const schemes = ID_SCHEME_PARAMS.flatMap(name => {
    const value = query.text(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...(flags as Record<(typeof FLAGS)[number], boolean>),
    importStrategy: strategyOf(query.text('importStrategy') ?? query.text('strategy')),
    idSchemes: Object.fromEntries(schemes) as Record<string, string>,
  };
}

/**
 * An import strategy by any of its names.
 * @throws Refusal 400 when the name is none (dhis2 FACTS §1.2)
 */
export function strategyOf(name: string | undefined): ImportStrategy {
  if (name === undefined) return 'CREATE_AND_UPDATE';
  const strategy = STRATEGIES[name];
  if (strategy) return strategy;
  throw new Refusal(400, {
    message: `Value '${name}' is not valid for parameter importStrategy. Valid values are: [${Object.keys(STRATEGIES).join(', ')}]`,
  });
}

/**
 * The scheme of each kind of object: the payload's go before the request's, specific ones before
 * the general one (dhis2 FACTS §1.1).
 *
 * @param minor up to 2.42 attribute option combos follow the scheme of category option combos
 * @throws Refusal 400 on a scheme that the sandbox does not know (`attribute:UID`)
 */
export function resolveIdSchemes(
  header: Readonly<Record<string, string>>,
  request: Readonly<Record<string, string>>,
  minor: number,
): IdSchemes {
  const pick = (name: string): IdScheme => {
    const key = `${name}IdScheme`;
    const text =
      header[key] ?? request[key] ?? header.idScheme ?? request.idScheme ?? ('uid' as string);
    const scheme = text.toLowerCase();
    if (scheme === 'uid' || scheme === 'code' || scheme === 'name') return scheme;
    throw sandboxRefusal(400, `the id scheme "${text}"`);
  };
  return {
    dataSet: pick('dataSet'),
    dataElement: pick('dataElement'),
    orgUnit: pick('orgUnit'),
    categoryOptionCombo: pick('categoryOptionCombo'),
    attributeOptionCombo: pick(minor >= 43 ? 'attributeOptionCombo' : 'categoryOptionCombo'),
  };
}
