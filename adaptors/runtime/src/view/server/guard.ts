import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { isSame, type Session } from './session.js';

/** What every answer says: nothing is kept, framed, sniffed, or told to another site. */
const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** A refusal for whoever reads it in a browser. */
export const NO_SESSION = [
  'Open the address that the command has printed. It works once: for a new one, start the command again.',
  'Ouvrez l’adresse que la commande a affichée. Elle sert une fois : relancez la commande pour une nouvelle.',
  'Abra o endereço que o comando mostrou. Serve uma vez: inicie o comando de novo para ter outro.',
  'Abra la dirección que mostró el comando. Sirve una vez: inicie el comando de nuevo para otra.',
].join('\n');

/** Name of the cookie: cookies of one host are shared by all its ports. */
export const cookieName = (port: number): string => `godata-dhis2-view-${port}`;

/**
 * Refuses a request that does not come from this machine's own address (a name of another site may
 * lead here: DNS rebinding), that is neither GET nor POST, that has no session, or that another site
 * may have sent.
 *
 * @param port on which the server listens
 */
export function guard(session: Session, port: () => number): MiddlewareHandler {
  return async (context, next) => {
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    const { method, path } = context.req;
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    const host = context.req.header('host') ?? '';
    if (!hosts.includes(host)) return context.text('Unknown host.', 403);
    if (method !== 'GET' && method !== 'POST') {
      return context.text('Only GET and POST.', 405, { allow: 'GET, POST' });
    }
    // The token is exchanged there.
    if (method === 'GET' && path === '/' && context.req.query('token') !== undefined) return next();
    if (!isSame(getCookie(context, cookieName(port())), session.cookie)) {
      return context.text(NO_SESSION, 403);
    }
    if (method === 'POST' && !isOwn(context, session, host)) {
      return context.text('This request did not come from the page.', 403);
    }
    return next();
  };
}

/** Whether the page itself sent a request: it alone knows the secret, and can add a header. */
function isOwn({ req }: Context, session: Session, host: string): boolean {
  const origin = req.header('origin');
  return (
    isSame(req.header('x-csrf-token'), session.csrf) &&
    (origin === undefined || origin === `http://${host}`) &&
    (req.header('sec-fetch-site') ?? 'same-origin') === 'same-origin'
  );
}
