/** An object of JSON. */
export type Json = Record<string, unknown>;

/** Credentials of both servers, as the sandbox writes them. */
export interface Credentials {
  godata: { apiUrl: string; email: string; password: string };
  dhis2: { hostUrl: string; username: string; password: string };
}

/** Sends a request as a browser would. */
export async function send(
  url: string,
  method: string,
  headers: object,
  body?: Json,
): Promise<Json> {
  const answer = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname} answered ${answer.status}.`);
  const text = await answer.text();
  return text === '' ? {} : (JSON.parse(text) as Json);
}
