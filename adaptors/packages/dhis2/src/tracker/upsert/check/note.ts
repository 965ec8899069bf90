/**
 * Records a problem.
 *
 * @param cause what must be corrected, and the place of this problem; problems with the same code
 * and cause are reported once
 */
export type Note = (code: string, message: string, cause?: { cause: string; at: string }) => void;

/** An object by name and id. */
export function label({ id, name }: { id: string; name?: string }): string {
  return `"${name ?? id}" (${id})`;
}
