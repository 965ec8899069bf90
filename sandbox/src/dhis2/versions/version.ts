/**
 * The patch release that a sandbox reports if only a minor version is given: the releases that
 * dhis2 FACTS compares (§0 and its head).
 */
const PATCHES: Readonly<Record<number, number>> = {
  38: 6,
  39: 5,
  40: 3,
  41: 9,
  42: 5,
  43: 1,
  44: 0,
};

/** A DHIS2 release. */
export interface ServerVersion {
  minor: number;
  patch: number;
  /** As `/api/system/info` reports it: `2.42.5`. */
  text: string;
}

/**
 * Reads a version that the sandbox can imitate.
 *
 * @param text `2.42`, or with a patch number `2.40.0`
 * @throws Error when the version is not 2.38 to 2.44
 * @example
 * parseServerVersion('2.42').text; // 2.42.5
 */
export function parseServerVersion(text: string): ServerVersion {
  const match = /^2\.(\d\d)(?:\.(\d+))?$/.exec(text);
  const minor = Number(match?.[1]);
  const newest = PATCHES[minor];
  if (!match || newest === undefined) {
    throw new Error(`The sandbox cannot be DHIS2 "${text}"; it can be 2.38 to 2.44, or 2.40.0.`);
  }
  const patch = match[2] === undefined ? newest : Number(match[2]);
  return { minor, patch, text: `2.${minor}.${patch}` };
}

/**
 * Whether a version contains a change that was made on several release branches.
 *
 * @param firstPatches the first patch of each minor version that has it; later minors have it
 * @example
 * hasChange({ minor: 40, patch: 2, text: '2.40.2' }, { 38: 6, 39: 5, 40: 3 }); // false
 */
export function hasChange(
  { minor, patch }: ServerVersion,
  firstPatches: Readonly<Record<number, number>>,
): boolean {
  const first = firstPatches[minor];
  if (first !== undefined) return patch >= first;
  return minor > Math.max(...Object.keys(firstPatches).map(Number));
}
