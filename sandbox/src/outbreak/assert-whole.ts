/**
 * Checks options that are numbers of things.
 *
 * @throws RangeError naming the option that is not a whole number, or too small
 */
export function assertWhole(numbers: Record<string, number>, least: number): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isInteger(value) && value >= least) continue;
    throw new RangeError(`${name}: ${value} is not a whole number of ${least} or more.`);
  }
}
