import type { Dialect } from '../versions/dialect.js';

/** A text, or several, each with the minor version from which it holds. */
export type Text = string | readonly (readonly [fromMinor: number, text: string])[];

/**
 * The server's own texts by error code, with `{0}` for the first argument (dhis2 FACTS §1.4: client
 * code matches on the code, people read the text). E7641 has the arguments period, data element,
 * data set, latest open period in every version here; 2.38 prints only three of them.
 */
const TEXTS: Readonly<Record<string, Text>> = {
  E1003: 'API query contains errors',
  E1520: 'User `{0}` is not allowed to move organisation units',
  E1522: 'User `{0}` is not allowed to move organisation `{1}` unit from parent `{2}`',
  E1523: 'User `{0}` is not allowed to move organisation `{1}` unit to parent `{2}`',
  E2001: 'At least one data element, data set or data element group must be specified',
  E2002:
    'At least one period, start/end dates, last updated or last updated duration must be specified',
  E2003: 'Both periods and start/end date cannot be specified',
  E2004: 'Start date must be before end date',
  E2005: 'Duration is not valid: `{0}`',
  E2006: 'At least one organisation unit or organisation unit group must be specified',
  E2009: 'Limit cannot be less than zero: `{0}`',
  E2010: [
    [38, 'User is not allowed to read data for data set: `{0}`'],
    [43, 'User is not allowed to read data for data set(s): `{0}`'],
  ],
  E2012: [
    [38, 'User is not allowed to view org unit: `{0}`'],
    [43, 'User is not allowed to view org unit(s): `{0}`'],
  ],
  E2013: 'At least one data set must be specified',
  E4000: [
    [38, 'Missing required property `{0}`.'],
    [40, 'Missing required property `{0}`'],
  ],
  E4001: [
    [38, 'Maximum length of property `{0}`is {1}, but given length was {2}.'],
    [40, 'Maximum length of property `{0}`is {1}, but given length was {2}'],
  ],
  E4002: 'Allowed length range for property `{0}` is [{1} to {2}], but given length was {3}',
  E4009: 'Attribute `{0}` is unique, and value `{1}` already exist',
  E4013: [
    [38, 'Invalid Closing date `{0}`, must be after Opening date `{1}`'],
    [40, 'Invalid closing date `{0}`, must be after opening date `{1}`'],
  ],
  E4014: 'Invalid UID `{0}` for property `{1}`',
  E4030: 'Object could not be deleted because it is associated with another object: {0}',
  E5000: [
    [
      38,
      'Found matching object for reference, but import mode is CREATE. Identifier was {0}, and object was {1}.',
    ],
    [
      43,
      'Found matching object for reference, but import strategy is CREATE. Identifier was {0}, and object was {1}.',
    ],
  ],
  E5002: 'Invalid reference {0} on object {1} for association `{2}`',
  E5001: 'No matching object for reference. Identifier was {0}, and object was {1}.',
  E5004:
    'Id `{0}` for type `{1}` exists on more than 1 object in the payload, removing all but the first found',
  E5003: 'Property `{0}` with value `{1}` on object {2} already exists on object {3}',
  E7600: 'Data set not found or not accessible: `{0}`',
  E7601: 'User does not have write access for DataSet: `{0}`',
  E7603: 'Org unit not found or not accessible: `{0}`',
  E7604: 'Attribute option combo not found or not accessible: `{0}`',
  E7610: 'Data element not found or not accessible: `{0}`',
  E7611: 'Period not valid: `{0}`',
  E7612: 'Organisation unit not found or not accessible: `{0}`',
  E7613: 'Category option combo not found or not accessible for writing data: `{0}`',
  E7614: 'Category option combo: `{0}` option not accessible: `{1}`',
  E7615: 'Attribute option combo not found or not accessible for writing data: `{0}`',
  E7616: 'Attribute option combo: `{0}` option not accessible: `{1}`',
  E7617: 'Organisation unit: `{0}` not in hierarchy of current user: `{1}`',
  E7618: 'Data value or comment not specified for data element: `{0}`',
  E7619: [
    [38, "Value must match data element's `{0}` type constraints: {1}"],
    [40, 'Value must match value type of data element `{0}`: `{1}`'],
  ],
  E7620: 'Invalid comment: {0}',
  E7621: 'Data value is not a valid option of the data element option set: `{0}`',
  E7630: 'Category option combo is required but is not specified',
  E7631: 'Attribute option combo is required but is not specified',
  E7632: 'Period type of period: `{0}` not valid for data element: `{1}`',
  E7633: [
    [38, 'Data element: `{0}` is not part of dataset: `{1}`'],
    [40, 'Data element: `{0}` is not part of dataset(s): `{1}`'],
  ],
  E7634: 'Category option combo: `{0}` must be part of category combo of data element: `{1}`',
  E7635:
    'Attribute option combo: `{0}` must be part of category combo of data sets of data element: `{1}`',
  E7636: 'Data element: `{1}` must be assigned through data sets to organisation unit: `{0}`',
  E7640: 'Current date is past expiry days for period: `{0}`  and data set: `{1}`',
  E7641: [
    [38, 'Period: `{0}` is after latest open future period: `{3}` for data element: `{1}`'],
    [
      40,
      'Period: `{0}` is after latest open future period: `{3}` for data element: `{1}` and data set: `{2}`',
    ],
  ],
  E7643: 'Period: `{0}` is not open for this data set at this time: `{1}`',
  E7644: 'Period: `{0}` does not conform to the open periods of associated data sets',
  E8000: 'Atomic mode requires all values to be valid but only {0}/{1} were. First issue: {2}',
  E8002: 'Data set detection failed, found multiple sets: `{0}`',
  E8003: 'Data set detection failed, found no set for data element(s): `{0}`',
  E8004: 'Data set UID not valid: `{0}`',
  E8005: 'Data set not found: `{0}`',
  E8008: 'Data set `completeDate` is not a valid date string: `{0}`',
  E8009:
    'Data set `completeDate` requires data set, org unit, period and attribute option combo to be defined at the group level.',
  E8010: 'Current user cannot enter data for data set: `{0}`',
  E8011: 'Current user cannot enter data for org unit(s): `{0}`',
  E8012: 'Current user cannot enter data for category option(s): `{0}`',
  E8020: 'Data set {0} not usable with data element(s): `{1}`',
  E8021: 'Data set {0} not usable with period(s): `{1}`',
  E8022: 'Data set {0} not usable with org unit(s): `{1}`',
  E8023: 'Data set {0} not usable with attribute option combo(s): `{1}`',
  E8024: 'Data set {0} + data element {1} not usable with category option combo(s): `{2}`',
  E8030: 'Untimely data entry for data set {0} and period(s): `{1}`',
  E8031: 'Untimely data entry for org unit {0} and period(s): `{1}`',
  E8034: 'Data set deletion scope ID refers to a non-existing object: `{0}`',
  E8035: 'Data set deletion scope ID is not a valid UID: `{0}`',
  E8100: 'Value #{0} period not defined in group or value: `{1}`',
  E8101: 'Value #{0} data set is required to decode category options: `{1}`',
  E8102: 'Value #{0} data element not defined in group or value: `{1}`',
  E8103: 'Value #{0} data element not found: `{1}`',
  E8104: 'Value #{0} data element UID not valid: `{1}`',
  E8105: 'Value #{0} org unit not defined in group or value: `{1}`',
  E8106: 'Value #{0} org unit UID is not valid: `{1}`',
  E8107: 'Value #{0} org unit not found: `{1}`',
  E8108: 'Value #{0} category option combo not found: `{1}`',
  E8109: 'Value #{0} category option combo UID is not valid: `{1}`',
  E8110: 'Value #{0} attribute option combo not found: `{1}`',
  E8111: 'Value #{0} attribute option combo UID is not valid: `{1}`',
  E8120: 'Value #{0} value is required',
  E8122: 'Value #{0} value `{1}` is no valid {2}: {3}',
  E8123: 'Value #{0} value `{1}` is no valid option for data element `{2}`',
  E8125: 'Value #{0} comment too long (max {1} characters)`',
  E8200: 'Export as {0} not possible as the property is undefined for data set: `{1}`',
  E8201: 'Export as {0} not possible as the property is undefined for data element(s): `{1}`',
  E8202: 'Export as {0} not possible as the property is undefined for org unit(s): `{1}`',
  E8203:
    'Export as {0} not possible as the property is undefined for category option combo(s): `{1}`',
  E8128: 'Value #{0} all affect the same data value: `{1}`',
};

/** An argument of a message; a list is printed as Java prints one: `[a, b]`. */
export type MessageArg = string | number | readonly (string | number)[];

/**
 * The text of an error code with its arguments filled in.
 *
 * @throws Error when the sandbox does not support the code
 * @example
 * formatMessage(dialect, 'E7611', ['2021W60']); // Period not valid: `2021W60`
 */
export function formatMessage(dialect: Dialect, code: string, args: readonly MessageArg[]): string {
  const text = TEXTS[code];
  if (text === undefined) throw new Error(`The sandbox has no text for error code ${code}.`);
  return fillText(text, dialect.minor, args);
}

/**
 * A text in a version, with its arguments filled in. The first text also holds for all earlier
 * versions.
 */
export function fillText(text: Text, minor: number, args: readonly MessageArg[]): string {
  const template =
    typeof text === 'string' ? text : (text.findLast(([from]) => minor >= from) ?? text[0])?.[1];
  return (template ?? '').replace(/\{(\d)\}/g, (_, index) => printArg(args[Number(index)] ?? ''));
}

/** Java's MessageFormat groups the digits of a number, but not of numbers inside a list. */
function printArg(arg: MessageArg): string {
  if (typeof arg === 'number') return arg.toLocaleString('en-US');
  return plainArg(arg);
}

/** An argument as Java's `String.valueOf` prints it. */
export function plainArg(arg: MessageArg): string {
  return typeof arg === 'object' ? `[${arg.join(', ')}]` : String(arg);
}
