import type { DataSet } from '../../client/metadata/metadata.js';
import type { SystemInfo } from '../../client/system-info.js';

/** DHIS2 2.43.0 and 2.43.1, with their hot fixes, invert the check of input periods (dhis2 LIVE). */
const INVERTED_INPUT_PERIODS = /^2\.43\.[01](\D|$)/;

/**
 * A note for a refused value, if a fault of this DHIS2 version may be the reason.
 *
 * @param code of the refusal: `E8030`
 * @returns a sentence that begins with a space, or an empty text
 */
export function hintFor(code: string, { version }: SystemInfo): string {
  if (code !== 'E8030' || !INVERTED_INPUT_PERIODS.test(version)) return '';
  return ` If the data set has input periods, this is ${faultOf(version)}`;
}

/** Warnings about a server that is about to receive values of a data set. */
export function warningsOf(
  { dataInputPeriods }: Pick<DataSet, 'dataInputPeriods'>,
  { version }: SystemInfo,
): string[] {
  if (!dataInputPeriods?.length || !INVERTED_INPUT_PERIODS.test(version)) return [];
  return [`The data set has input periods. There is ${faultOf(version)}`];
}

function faultOf(version: string): string {
  return `a fault of DHIS2 ${version}: it refuses the periods that are open for input and accepts the closed ones. Update DHIS2 beyond 2.43.1, or remove the input periods from the data set.`;
}
