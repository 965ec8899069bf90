/** The parts of a request that decide whether a server accepts it: no user's values, no ids. */
export interface RequestShape {
  /** `GET /tracker/trackedEntities/{id}` */
  route: string;
  /** Each parameter with the form of its value: `order=updatedAt:asc`, `program={id}`. */
  params: string[];
  /** Each place of the body with its type: `enrollments[].notes[].value text`. */
  body: string[];
  /** It requests fields of a referenced object: `optionSet[id]`. */
  asksForParts?: true;
}

const ID = /^[A-Za-z][A-Za-z0-9]{10}$/;

/** Words of eleven letters in paths and parameters. An id may consist of capitals alone. */
const NO_IDS = new Set(['enrollments', 'DESCENDANTS']);

/**
 * The shape of a request to DHIS2.
 *
 * @param path with its query, from `/api` on or with a context path before it
 * @param body as it is sent, JSON or not
 */
export function shapeOf(method: string, path: string, body: unknown): RequestShape {
  const [pathname = '', query = ''] = path.split('?', 2);
  const resource = pathname.replace(/^.*?\/api(\/\d\d)?(?=\/)/, '');
  const segments = resource.split('/').map(part => (isId(part) ? '{id}' : part));
  const params = [...new URLSearchParams(query.replaceAll('+', '%2B'))];
  return {
    route: `${method} ${segments.join('/')}`,
    params: [...new Set(params.map(([name, value]) => `${name}=${formOf(name, value)}`))].sort(),
    body: body === undefined || body === '' ? [] : [...new Set(placesIn(body))].sort(),
    ...(params.some(([name, value]) => name === 'fields' && value.includes('['))
      ? { asksForParts: true }
      : {}),
  };
}

function isId(text: string): boolean {
  return ID.test(text) && !NO_IDS.has(text);
}

/** Parameters with values of the user. */
const TEXTS = /^(ORG_UNIT_CODE|reason|query)$/;

/**
 * The value of a parameter without the user's data: words unchanged; ids, numbers, days and times
 * by their kind.
 */
function formOf(name: string, value: string): string {
  // `*` requests everything, including relationships; an absent property is omitted (recording
  // 059).
  if (name === 'fields') return /(^|,)(relationships|\*)/.test(value) ? '… relationships' : '…';
  if (name === 'filter') return filterForm(value);
  if (TEXTS.test(name)) return 'text';
  if (name === 'order') return value;
  if (value === '') return '';
  return [...new Set(value.split(',').map(kindOf))].sort().join(',');
}

function kindOf(text: string): string {
  if (/^\d{4}(\d{2,4}|W\d\d?|Q\d)$/.test(text)) return 'period';
  if (/^-?\d+$/.test(text)) return 'number';
  if (/^\d{4}-\d\d(-\d\d)?(T|$)/.test(text)) return text.includes('T') ? 'instant' : 'day';
  return isId(text) ? '{id}' : text;
}

/**
 * `{id}:eq` for the value of an attribute, `…:in` for any property: the operator, without the
 * property or the value.
 */
function filterForm(value: string): string {
  const [property = '', operator = ''] = value.split(':');
  return `${isId(property) ? '{id}' : '…'}:${operator.toLowerCase()}`;
}

/**
 * Each place of a JSON value with its type. A server accepts the same object of Tracker at every
 * place, and the same is true of attributes and notes.
 */
export function placesIn(value: unknown, where = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(item => placesIn(item, `${where}[]`));
  if (value === null || typeof value !== 'object') return [`${where} ${typeName(value)}`];
  // A JSON patch names its changes in texts.
  const { op, path } = value as { op?: unknown; path?: unknown };
  if (typeof op === 'string' && typeof path === 'string') {
    // `add` of an existing property replaces it (RFC 6902 §4.1).
    return [`${where} ${op === 'replace' ? 'add' : op}`, `${where} ${path}`];
  }
  // Positions are numbers at any depth.
  if (/(^|\.)geometry$/.test(where)) return [`${where} geometry`];
  return Object.entries(value).flatMap(([key, item]) => placesIn(item, below(where, key, item)));
}

function below(where: string, key: string, item: unknown): string {
  // At an end of a relationship.
  if (key === 'trackedEntity' && typeof item === 'object') return 'trackedEntities[]';
  if (/^(enrollments|events|relationships|attributes|notes)$/.test(key)) return key;
  return where ? `${where}.${key}` : key;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? 'text' : typeof value;
}
