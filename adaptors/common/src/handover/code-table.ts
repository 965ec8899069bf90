/** Code in the source → id of Go.Data's reference data; null: Go.Data has no item for this code. */
export type CodeTable = Readonly<Record<string, string | null>>;
