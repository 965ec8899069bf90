/** An id of DHIS2: eleven letters and digits. */
const UID = /\b[A-Za-z][A-Za-z0-9]{10}\b/g;
/** Eleven letters in the cases of a word are a name: no generated id looks like that by chance. */
const WORD = /^([A-Z]?[a-z]+|[A-Z]+)$/;
/** A code as both servers write it: `E1020`, `ACCESS_DENIED`, `ValidationError`. */
const CODE = /^(?=.{1,80}$)([A-Z]+\d+|[A-Z]+(_[A-Z0-9]+)+|[A-Z][a-z]+([A-Z][a-z]+)*Error)$/;
/** `address[0].typeId`, `case_list` */
const NAME = /^[A-Za-z][\w.[\]-]{0,79}$/;
/** A text in quotes, or behind an equals sign in brackets, as databases report what they refuse. */
const QUOTED = /([`'"])(.*?)\1|=\s*\(.*?\)/g;

/**
 * The ids that a server's message names. The message itself must not be repeated: it may contain a
 * person's name or a value, and none of it is ours to vouch for.
 */
export function idsIn(message: string): string[] {
  return [...new Set(message.match(UID) ?? [])].filter(id => !WORD.test(id));
}

/** A server's code, if it has the form of one; undefined for any other text. */
export function safeCode(code: unknown): string | undefined {
  return typeof code === 'string' && CODE.test(code) ? code : undefined;
}

/** The name of a property or permission that a server gives, if it has the form of one. */
export function safeName(name: unknown): string | undefined {
  return typeof name === 'string' && NAME.test(name) ? name : undefined;
}

/**
 * The sentence that belongs to a server's code, without what it quotes: ids stay, every other value
 * becomes an ellipsis.
 */
export function withoutValues(message: string): string {
  return message
    .replace(/\bDetail:.*$/s, '…')
    .replace(QUOTED, (_, quote?: string, text = '') =>
      quote && idsIn(text).join() === text ? `${quote}${text}${quote}` : '…',
    );
}

/**
 * Where to look for what the server itself said: its log, at the time of the answer by its own clock.
 *
 * @param headers of the answer
 */
export function logTime(headers: Readonly<Record<string, unknown>>): string | undefined {
  const ms = Date.parse(String(headers.date ?? ''));
  return Number.isNaN(ms) ? undefined : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
