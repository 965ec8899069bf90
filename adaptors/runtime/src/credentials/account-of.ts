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
