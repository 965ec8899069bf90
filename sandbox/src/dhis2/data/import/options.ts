import { Query } from '../../http/query.js';
import { Refusal, sandboxRefusal } from '../../http/web-message.js';

/** How a kind of object is identified in a payload. */
export type IdScheme = 'uid' | 'code' | 'name' | `attribute:${string}`;

export interface IdSchemes {
  dataSet: IdScheme;
  dataElement: IdScheme;
  orgUnit: IdScheme;
  categoryOptionCombo: IdScheme;
  attributeOptionCombo: IdScheme;
}

const ATTRIBUTE_SCHEME = /^attribute:([a-zA-Z][a-zA-Z0-9]{10})$/i;

export type ImportStrategy = 'CREATE' | 'UPDATE' | 'CREATE_AND_UPDATE' | 'DELETE';

/** Options of an aggregate import (dhis2 FACTS §1.2); each importer uses those that it supports. */
export interface ImportOptions {
  dryRun: boolean;
  async: boolean;
  importStrategy: ImportStrategy;
  /** Only for superusers: skips the checks of which periods are open for entry. */
  force: boolean;
  /** Since 2.43: write a group only if all its values are valid. */
  atomic: boolean;
  strictPeriods: boolean;
  strictDataElements: boolean;
  strictCategoryOptionCombos: boolean;
  strictAttributeOptionCombos: boolean;
  strictOrganisationUnits: boolean;
  requireCategoryOptionCombo: boolean;
  requireAttributeOptionCombo: boolean;
  /** The data set of a CSV payload, which has no header object. */
  dataSet: string | undefined;
  firstRowIsHeader: boolean;
  /** As sent; {@link resolveIdSchemes} adds the payload's own. */
  idSchemes: Readonly<Record<string, string>>;
}

/** Names of the scheme parameters; the header of a payload can have them too. */
const ID_SCHEME_PARAMS = [
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

/** On by default; only the system settings can switch them off. */
const ALWAYS_ON = ['strictDataSetApproval', 'strictDataSetLocking', 'strictDataSetInputPeriods'];
/** Options of the server that the sandbox refuses, because it does not imitate them. */
const NOT_IMITATED = [
  'skipExistingCheck',
  'categoryIdScheme',
  'categoryOptionIdScheme',
  'orgUnitScheme',
  'mergeDataValues',
  'datasetAllowsPeriods',
];

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
/** In the order in which the server lists them (recording 398). */
const STRATEGY_NAMES =
  'CREATE, UPDATE, CREATE_AND_UPDATE, DELETE, SYNC, NEW_AND_UPDATES, NEW, UPDATES, DELETES';

/**
 * Reads the options of `POST /api/dataValueSets`. An unknown parameter is ignored, as on the
 * server: `dryrun=true` stores (dhis2 LIVE 179, recording 380).
 *
 * @throws Refusal 400 on a value of the wrong type, 501 on an option that is not imitated
 */
export function readImportOptions(params: Record<string, string[]>): ImportOptions {
  const query = new Query(params, Object.keys(params), 'POST /api/dataValueSets');
  const strange = NOT_IMITATED.find(name => query.text(name) && query.text(name) !== 'false');
  if (strange) throw sandboxRefusal(501, `the option ${strange}`);
  for (const name of ALWAYS_ON) query.flag(name);
  const flags = Object.fromEntries(FLAGS.map(name => [name, query.flag(name)]));
  const schemes = ID_SCHEME_PARAMS.flatMap(name => {
    const value = query.text(name);
    return value === undefined ? [] : [[name, value]];
  });
  for (const [name, value] of schemes) schemeOf(name!, value!);
  return {
    ...(flags as Record<(typeof FLAGS)[number], boolean>),
    importStrategy: strategyOf(query.text('importStrategy') ?? query.text('strategy')),
    dataSet: query.text('dataSet'),
    firstRowIsHeader: query.flag('firstRowIsHeader', true),
    idSchemes: Object.fromEntries(schemes) as Record<string, string>,
  };
}

/**
 * An import strategy by any of its names.
 *
 * @throws Refusal 400 when the name is unknown (dhis2 FACTS §1.2)
 */
export function strategyOf(name: string | undefined): ImportStrategy {
  if (name === undefined) return 'CREATE_AND_UPDATE';
  const strategy = STRATEGIES[name];
  if (strategy) return strategy;
  throw new Refusal(400, {
    message: `Value '${name}' is not valid for parameter importStrategy. Valid values are: [${STRATEGY_NAMES}]`,
  });
}

/**
 * The scheme of each kind of object. The payload's schemes override the request's, and specific
 * ones override the general one (dhis2 FACTS §1.1).
 *
 * @param minor up to 2.42 attribute option combos follow the scheme of category option combos
 * @throws Refusal 400 on an unknown scheme
 */
export function resolveIdSchemes(
  header: Readonly<Record<string, string>>,
  request: Readonly<Record<string, string>>,
  minor: number,
): IdSchemes {
  const pick = (name: string): IdScheme => {
    const key = `${name}IdScheme`;
    const text = header[key] ?? request[key] ?? header.idScheme ?? request.idScheme ?? 'uid';
    return schemeOf(key, text);
  };
  return {
    dataSet: pick('dataSet'),
    dataElement: pick('dataElement'),
    orgUnit: pick('orgUnit'),
    categoryOptionCombo: pick('categoryOptionCombo'),
    attributeOptionCombo: pick(minor >= 43 ? 'attributeOptionCombo' : 'categoryOptionCombo'),
  };
}

/**
 * An id scheme, in any case; the server's message of a refusal is three lines of Java (dhis2 LIVE
 * 195).
 */
export function schemeOf(name: string, text: string): IdScheme {
  const attribute = ATTRIBUTE_SCHEME.exec(text)?.[1];
  if (attribute !== undefined) return `attribute:${attribute}`;
  const scheme = text.toLowerCase();
  if (scheme === 'uid' || scheme === 'code' || scheme === 'name') return scheme;
  throw new Refusal(400, { message: `Value '${text}' is not valid for parameter ${name}.` });
}
