/**
 * A function of texts that computes each result once: a hundred thousand records have a few dozen
 * codes and a few hundred dates.
 *
 * @param most number of results to remember; then all are forgotten, so memory has a bound
 */
export function remember<T extends NonNullable<unknown>>(
  most: number,
  compute: (text: string) => T,
): (text: string) => T {
  const results = new Map<string, T>();
  return text => {
    const known = results.get(text);
    if (known !== undefined) return known;
    if (results.size >= most) results.clear();
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}
