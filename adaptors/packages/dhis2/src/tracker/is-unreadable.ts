/** An object of DHIS2's metadata, and what the account may do with it (dhis2 FACTS §5). */
export interface Readable {
  id: string;
  access?: { read?: boolean; data?: { read?: boolean } };
}

/** Whether the account may not read an object, or not its data. */
export function isUnreadable({ access }: Pick<Readable, 'access'>): boolean {
  return access?.read === false || access?.data?.read === false;
}
