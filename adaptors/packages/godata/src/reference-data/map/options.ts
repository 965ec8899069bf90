import type { Option, OptionSet } from '#common/handover/fetched-option-batch.js';
import type {
  ReferenceItemFields,
  WhenGone,
} from '#common/handover/mapped-reference-data-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';

/** Returns the fields of an option's item, or nothing for an option that should have no item. */
export type ToItem = (option: Option, optionSet: OptionSet) => ReferenceItemFields | undefined;

/** How to map an option set. */
export interface OptionSetMapping {
  /** Name, code or id of the option set. */
  optionSet: string;
  /** Category of reference data, `VACCINE`, or its full id. */
  category: string;
  /** Default: name, code and order of the option. */
  toItem?: ToItem;
  /**
   * The treatment of an item whose option is no longer in the set: leave it, or deactivate it so
   * that users cannot choose it. It is never deleted. Default `leave`.
   */
  whenGone?: WhenGone;
}

/** The options of `mapReferenceData`. */
export interface MapReferenceDataOptions {
  /**
   * Returns another label when another item of the category has the label. Default: the label, with
   * the option's code in brackets.
   */
  distinctLabel?: (label: string, option: Option, optionSet: OptionSet) => string;
  /**
   * Returns another code when another item, of any category, has the code. Default: the option
   * set's code or else its id, a colon, and the code.
   */
  distinctCode?: (code: string, optionSet: OptionSet, option: Option) => string;
  /**
   * The beginning of the mark in the description of each item that this workflow writes. Two DHIS2
   * servers with the same Go.Data need two different marks. Default `DHIS2 option`.
   */
  mark?: string;
}

const SET_KEYS = ['optionSet', 'category', 'toItem', 'whenGone'] as const;
const KEYS = ['distinctLabel', 'distinctCode', 'mark'] as const;

const byName: ToItem = ({ name, code, sortOrder }) => ({ label: name, code, order: sortOrder });

/**
 * Checks how the option sets are mapped, and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readSetMappings(given: readonly OptionSetMapping[]): Required<OptionSetMapping>[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw badOption(
      'mapReferenceData',
      'must get a list of option sets with their categories',
      "For example [{ optionSet: 'Vaccine types', category: 'VACCINE' }].",
    );
  }
  return given.map((mapping, index) => {
    const path = `mapReferenceData[${index}]`;
    refuseUnknownKeys(path, mapping, SET_KEYS);
    const { optionSet, category, toItem = byName, whenGone = 'leave' } = mapping;
    if (!isText(optionSet)) throw badOption(`${path}.optionSet`, 'must be a name, code or id');
    if (!isText(category)) throw badOption(`${path}.category`, 'must be a category, like VACCINE');
    if (typeof toItem !== 'function') throw badOption(`${path}.toItem`, 'must be a function');
    if (whenGone !== 'leave' && whenGone !== 'deactivate') {
      throw badOption(`${path}.whenGone`, "must be 'leave' or 'deactivate'");
    }
    return { optionSet, category, toItem, whenGone };
  });
}

/**
 * Checks the options and adds the defaults.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readMapOptions(given: MapReferenceDataOptions): Required<MapReferenceDataOptions> {
  refuseUnknownKeys('mapReferenceData options', given, KEYS);
  const {
    distinctLabel = (label, { code }) => `${label} (${code})`,
    distinctCode = (code, set) => `${set.code ?? set.id}:${code}`,
    mark = 'DHIS2 option',
  } = given;
  for (const [key, rule] of Object.entries({ distinctLabel, distinctCode })) {
    if (typeof rule !== 'function') throw badOption(key, 'must be a function');
  }
  if (!isText(mark)) throw badOption('mark', 'must be a text');
  return { distinctLabel, distinctCode, mark: mark.trim() };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
