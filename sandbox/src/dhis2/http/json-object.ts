import { isUid } from '../metadata/uid.js';
import { jsonProblem } from './json-problem.js';
import { Refusal } from './web-message.js';

/** How a version reads JSON. */
export interface ReadingRules {
  time: { fromText(text: string): string | undefined };
  /** Whether a string that is not a UID makes the payload unreadable. */
  readsUids: boolean;
  /** The server's own name of the object, for its messages. */
  javaType?: string;
}

/**
 * A JSON object of a payload, read as the server's parser does: an empty string is null, a number
 * is accepted as a string, and unknown properties are ignored (the server's source, its Jackson
 * configuration).
 */
export class JsonObject {
  private readonly json: Readonly<Record<string, unknown>>;

  /** @throws Refusal 400 when the value is not a JSON object */
  constructor(
    json: unknown,
    private readonly path: string,
    private readonly rules: ReadingRules,
  ) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      throw unreadable(
        Array.isArray(json) && path === '' && rules.javaType
          ? // Recording 248.
            `Cannot deserialize value of type \`${rules.javaType}\` from Array value (token \`JsonToken.START_ARRAY\`)`
          : `${path || 'the payload'} is not an object`,
      );
    }
    this.json = json as Record<string, unknown>;
  }

  /** The names of all properties. */
  get names(): string[] {
    return Object.keys(this.json);
  }

  /** The object as sent. */
  get plain(): object {
    return this.json;
  }

  has(name: string): boolean {
    return (this.json[name] ?? null) !== null;
  }

  text(name: string): string | undefined {
    const value = this.json[name] ?? '';
    if (typeof value === 'object') throw unreadable(`${this.path}${name} is not text`);
    return String(value) || undefined;
  }

  flag(name: string): boolean {
    if (!(name in this.json)) return false;
    const text = String(this.json[name]).toLowerCase();
    if (text === 'true' || text === 'false') return text === 'true';
    throw unreadable(`${this.path}${name} is not a boolean`);
  }

  /** A time as the server writes it. */
  time(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined || text.trim() === '') return undefined;
    const time = this.rules.time.fromText(text);
    if (time !== undefined) return time;
    throw unreadable(
      `Invalid date format '${text}', only 'yyyy-MM-dd'T'HH:mm:ss.SSS' format end epoch milliseconds are supported.`,
    );
  }

  uid(name: string): string | undefined {
    const id = this.text(name);
    if (id === undefined || !this.rules.readsUids || isUid(id)) return id;
    throw unreadable(
      `Cannot construct instance of \`org.hisp.dhis.common.UID\`, problem: UID must be an alphanumeric string of 11 characters starting with a letter, but was: ${id}`,
    );
  }

  /**
   * One of some values.
   *
   * @param javaType the server's own name of such values, for its message
   */
  oneOf<V extends string>(name: string, values: readonly V[], byDefault: V, javaType: string): V {
    const text = this.text(name);
    if (text === undefined) return byDefault;
    const value = values.find(one => one === text);
    if (value !== undefined) return value;
    throw unreadable(
      `Cannot deserialize value of type \`${javaType}\` from String "${text}": not one of the values accepted for Enum class: [${values.join(', ')}]`,
    );
  }

  /** GeoJSON; only its form is checked. */
  geometry(name: string): { type: string } | undefined {
    if (!this.has(name)) return undefined;
    const geometry = this.object(name);
    if (Array.isArray(geometry.json.coordinates) && geometry.has('type')) {
      return geometry.json as { type: string };
    }
    throw unreadable(`${this.path}${name} is not a geometry`);
  }

  object(name: string): JsonObject {
    return new JsonObject(this.json[name], `${this.path}${name}.`, this.rules);
  }

  objects(name: string): JsonObject[] {
    const list = this.json[name] ?? [];
    if (!Array.isArray(list)) throw unreadable(`${this.path}${name} is not a list`);
    return list.map(
      (one, index) => new JsonObject(one, `${this.path}${name}[${index}].`, this.rules),
    );
  }
}

/** The refusal of a payload that the server's parser cannot read. */
function unreadable(problem: string): Refusal {
  return new Refusal(400, { message: `JSON parse error: ${problem}` });
}

/** @throws Refusal 400 when the text is not JSON */
export function parseJson(text: string): unknown {
  const first = text.charCodeAt(0);
  // Packed content is not unpacked here (recording 252).
  if (first < 32 && !/^\s/.test(text)) {
    throw unreadable(
      `Illegal character ((CTRL-CHAR, code ${first})): only regular white space (\\r, \\n, \\t) is allowed between tokens`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(jsonProblem(text) ?? (error as Error).message);
  }
}
