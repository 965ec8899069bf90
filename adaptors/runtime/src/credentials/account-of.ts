interface Property {
  writeOnly?: boolean;
  format?: string;
}

/**
 * What tells one account from another: its server and user, without its secrets, so that nothing of
 * a password is in the name of a lock. A credential that has only a secret besides its address is
 * identified by that.
 */
export function accountOf(
  credential: unknown,
  schema: Record<string, unknown> | undefined,
): unknown {
  const properties = (schema?.properties ?? {}) as Record<string, Property>;
  const open = Object.entries((credential ?? {}) as object).filter(
    ([field]) => properties[field] && !properties[field].writeOnly,
  );
  const hasUser = open.some(([field]) => properties[field]!.format !== 'uri');
  return hasUser ? Object.fromEntries(open) : credential;
}

/**
 * The server of a credential: host and path of its address, without anything that it may contain of
 * an account. Undefined if it has no address.
 *
 * @example
 * addressOf({ hostUrl: 'https://DHIS2.example.org/' }, schema); // 'dhis2.example.org'
 */
export function addressOf(
  credential: unknown,
  schema: Record<string, unknown> | undefined,
): string | undefined {
  const properties = (schema?.properties ?? {}) as Record<string, Property>;
  const [address] = Object.entries((credential ?? {}) as object)
    .filter(([field]) => properties[field]?.format === 'uri')
    .map(([, value]) => value);
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const { host, pathname } = new URL(address);
  return `${host}${pathname}`.replace(/\/+$/, '');
}
