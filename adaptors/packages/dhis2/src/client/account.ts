import type { Dhis2Client } from './client.js';

/** The account that the credential belongs to. */
export interface Account {
  username: string;
  authorities: ReadonlySet<string>;
  /** Roots of the part of the tree where it may enter data. */
  captureRoots: string[];
}

/** Reads who we are, and what we may do (dhis2 FACTS §5). */
export async function readAccount(client: Dhis2Client): Promise<Account> {
  const me = await client.get<{
    username?: string;
    authorities?: string[];
    organisationUnits?: { id: string; path?: string }[];
  }>('/me', { fields: 'id,username,authorities,organisationUnits[id,path]' });
  return {
    username: me.username ?? '',
    authorities: new Set(me.authorities ?? []),
    captureRoots: outermost(me.organisationUnits ?? []),
  };
}

/** Whether the account has an authority, by name or by having all. */
export function hasAuthority({ authorities }: Account, authority: string): boolean {
  return authorities.has('ALL') || authorities.has(authority);
}

/** A root below another root would be read twice. */
function outermost(roots: { id: string; path?: string }[]): string[] {
  const ids = new Set(roots.map(({ id }) => id));
  return roots
    .filter(({ id, path }) => !(path ?? '').split('/').some(part => part !== id && ids.has(part)))
    .map(({ id }) => id);
}
