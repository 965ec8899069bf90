/** An id of DHIS2: eleven letters and digits. */
const UID = /\b[A-Za-z][A-Za-z0-9]{10}\b/g;
/** Eleven letters in the cases of a word are a name: no generated id looks like that by chance. */
const WORD = /^([A-Z]?[a-z]+|[A-Z]+)$/;
/** A code as both servers write it: `E1020`, `ACCESS_DENIED`, `ValidationError`. */
const CODE = /^(?=.{1,80}$)([A-Z]+\d+|[A-Z]+(_[A-Z0-9]+)+|[A-Z][a-z]+([A-Z][a-z]+)*Error)$/;
/** `address[0].typeId`, `case_list` */
const NAME = /^[A-Za-z][\w.[\]-]{0,79}$/;
/**
 * The ids that a server's message names and that the request names too. Anything else may be a value
 * that looks like an id: a passport number has eleven letters and digits. The message itself must
 * not be repeated: it may contain a person's name.
 */
export function idsIn(message: string, request: AskedFor): string[] {
  const asked = new Set(askedIn(request).flatMap(text => text.match(UID) ?? []));
  return [...new Set(message.match(UID) ?? [])].filter(id => asked.has(id));
}

/** The parts of a request in which ids are. */
interface AskedFor {
  path: string;
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, unknown>>;
}

/** Of a filter, `ATTRIBUTE:eq:value`, only what it is about. */
function askedIn({ path, params = {}, query = {} }: AskedFor): string[] {
  const inQuery = Object.entries(query).flatMap(([name, given]) =>
    [given].flat().map(one => (name === 'filter' ? String(one).split(':')[0]! : String(one))),
  );
  return [path, ...Object.values(params), ...inQuery];
}

/** An id of DHIS2, if it has the form of one; undefined for any other text. */
export function safeId(id: unknown): string | undefined {
  const [found] = typeof id === 'string' && id.length === 11 ? (id.match(UID) ?? []) : [];
  return found === id && found !== undefined && !WORD.test(found) ? found : undefined;
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
 * Where to look for what the server itself said: its log, at the time of the answer by its own clock.
 *
 * @param headers of the answer
 */
export function logTime(headers: Readonly<Record<string, unknown>>): string | undefined {
  const ms = Date.parse(String(headers.date ?? ''));
  return Number.isNaN(ms) ? undefined : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
