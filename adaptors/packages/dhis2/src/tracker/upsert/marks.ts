/*
 * Before this operation deletes something, it says so in a note of it: when its person or record comes
 * back, what was deleted for it comes back too, while what people have deleted stays deleted.
 */

const MARK = /^Deleted in Go\.Data (\S+)$/;

/** The text of the note. @param id of the person in Go.Data */
export function toDeletionNote(id: string): string {
  return `Deleted in Go.Data ${id}`;
}

/** Whether notes say that something was deleted, or cancelled, since its person was deleted in Go.Data. */
export function isMarkedDeleted(
  notes: readonly { value?: string | null }[] | undefined,
  id: string,
): boolean {
  return (notes ?? []).some(({ value }) => MARK.exec(value?.trim() ?? '')?.[1] === id);
}
