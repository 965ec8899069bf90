import type { Option, OptionSet } from '#common/handover/fetched-option-batch.js';
import type {
  ReferenceItemFields,
  WhenGone,
} from '#common/handover/mapped-reference-data-batch.js';
import { badOption, refuseUnknownKeys } from '#common/operations/options.js';

/** Gives the fields of an option's item; nothing, for an option that shall have none. */
export type ToItem = (option: Option, optionSet: OptionSet) => ReferenceItemFields | undefined;

/** What an option set becomes. */
export interface OptionSetMapping {
  /** Name, code or id of the option set. */
  optionSet: string;
  /** Category of reference data, `VACCINE`, or its full id. */
  category: string;
  /** Default: name, code and place of the option. */
  toItem?: ToItem;
  /**
   * What becomes of an item whose option is no longer in the set: it stays as it is, or is no longer
   * offered for choice. It is never deleted. Default `leave`.
   */
  whenGone?: WhenGone;
}

/** How options become reference data, besides their fields. */
export interface MapReferenceDataOptions {
  /**
   * Another label, where the category has the label for something else. Default: the option's code in
   * brackets behind the label.
   */
  distinctLabel?: (label: string, option: Option, optionSet: OptionSet) => string;
  /**
   * Another code, where Go.Data has the code for something else, in whatever category. Default: the
   * option set's code, else its id, and a colon before the code.
   */
  distinctCode?: (code: string, optionSet: OptionSet, option: Option) => string;
  /**
   * Begins the mark in the description of each item that is kept in step. Two DHIS2 servers with one
   * Go.Data need two. Default `DHIS2 option`.
   */
  mark?: string;
}

const SET_KEYS = ['optionSet', 'category', 'toItem', 'whenGone'] as const;
const KEYS = ['distinctLabel', 'distinctCode', 'mark'] as const;

const byName: ToItem = ({ name, code, sortOrder }) => ({ label: name, code, order: sortOrder });

/**
 * Checks which option set becomes what, and completes it.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the key
 */
export function readSetMappings(given: readonly OptionSetMapping[]): Required<OptionSetMapping>[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw badOption(
      'mapReferenceData',
      'must be given a list of option sets with their categories',
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
 * Checks the options and completes them.
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
