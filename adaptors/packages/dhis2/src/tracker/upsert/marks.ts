/*
 * Before this operation deletes something, it adds a note to it. When the person or the record
 * comes back, what this operation deleted comes back too; what people deleted stays deleted.
 */

const MARK = /^Deleted in Go\.Data (\S+)$/;

/** The text of the note. @param id of the person in Go.Data */
export function toDeletionNote(id: string): string {
  return `Deleted in Go.Data ${id}`;
}

/** Whether the notes say that it was deleted or cancelled because its person was deleted in Go.Data. */
export function isMarkedDeleted(
  notes: readonly { value?: string | null }[] | undefined,
  id: string,
): boolean {
  return (notes ?? []).some(({ value }) => MARK.exec(value?.trim() ?? '')?.[1] === id);
}
