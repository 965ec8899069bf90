import type { Dhis2Client } from './client.js';

/** The account that the credential belongs to. */
export interface Account {
  username: string;
  authorities: ReadonlySet<string>;
  /** Roots of the parts of the org unit tree for which the account may enter data. */
  captureRoots: string[];
}

/** Reads the account and its permissions (dhis2 FACTS §5). */
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

/** Whether the account has an authority, by its name or by `ALL`. */
export function hasAuthority({ authorities }: Account, authority: string): boolean {
  return authorities.has('ALL') || authorities.has(authority);
}

/** Omits a root that lies below another root: its tree would be read twice. */
function outermost(roots: { id: string; path?: string }[]): string[] {
  const ids = new Set(roots.map(({ id }) => id));
  return roots
    .filter(({ id, path }) => !(path ?? '').split('/').some(part => part !== id && ids.has(part)))
    .map(({ id }) => id);
}
