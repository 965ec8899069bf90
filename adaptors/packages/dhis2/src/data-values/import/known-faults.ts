import type { DataSet } from '../../client/metadata/metadata.js';
import type { SystemInfo } from '../../client/system-info.js';

/** DHIS2 2.43.0 and 2.43.1, with their hot fixes, read input periods the wrong way round (dhis2 LIVE). */
const INVERTED_INPUT_PERIODS = /^2\.43\.[01](\D|$)/;

/**
 * What to add to a server's reason for refusing a value, where the reason is a fault of its version.
 *
 * @param code of the refusal: `E8030`
 * @returns a sentence with a blank before it, or nothing
 */
export function hintFor(code: string, { version }: SystemInfo): string {
  if (code !== 'E8030' || !INVERTED_INPUT_PERIODS.test(version)) return '';
  return ` If the data set has input periods, this is ${faultOf(version)}`;
}

/** What is known beforehand of a server that is to take values of a data set. */
export function warningsOf(
  { dataInputPeriods }: Pick<DataSet, 'dataInputPeriods'>,
  { version }: SystemInfo,
): string[] {
  if (!dataInputPeriods?.length || !INVERTED_INPUT_PERIODS.test(version)) return [];
  return [`The data set has input periods. There is ${faultOf(version)}`];
}

function faultOf(version: string): string {
  return `a fault of DHIS2 ${version}: it refuses the periods that are open for input and takes those that are closed. Update DHIS2 beyond 2.43.1, or remove the input periods from the data set.`;
}
