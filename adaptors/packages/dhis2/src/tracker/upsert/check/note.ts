/** Records a problem. */
export type Note = (code: string, message: string) => void;

/** An object by name and id. */
export function label({ id, name }: { id: string; name?: string }): string {
  return `"${name ?? id}" (${id})`;
}
