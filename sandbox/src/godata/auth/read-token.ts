/** The token of a request, and what happens if it is not valid. */
export interface SentToken {
  token: string;
  /** The worker throws at an invalid token and never answers (godata FACTS §1.3). */
  hangsIfInvalid: boolean;
  /** Even a valid token is never answered if `bearer` is in lower case. */
  hangsAlways: boolean;
}

/**
 * Reads the token of a request. The query comes before the headers; the body is never read (godata
 * FACTS §1.3, r012-r015).
 *
 * @returns undefined if the request has none
 */
export function readToken(url: URL, headers: Headers): SentToken | undefined {
  const plain = url.searchParams.get('access_token') ?? headers.get('x-access-token');
  if (plain !== null) return { token: plain, hangsIfInvalid: false, hangsAlways: false };
  const authorization = headers.get('authorization');
  if (authorization === null) return undefined;
  const [, scheme, value] = /^(bearer|basic)\s+(\S+)$/i.exec(authorization) ?? [];
  if (scheme === undefined || value === undefined) {
    return { token: authorization, hangsIfInvalid: false, hangsAlways: false };
  }
  if (/^basic$/i.test(scheme)) {
    // `token:<token>`, as a user name and a password.
    const pair = Buffer.from(value, 'base64').toString('utf8');
    const token = pair.slice(pair.indexOf(':') + 1);
    return { token, hangsIfInvalid: false, hangsAlways: false };
  }
  return { token: value, hangsIfInvalid: true, hangsAlways: scheme !== 'Bearer' };
}
