import { gunzipSync } from 'node:zlib';
import { sandboxRefusal } from '../../http/web-message.js';

/** One row of a payload, as sent; empty strings count as absent. */
export interface Row {
  index: number;
  dataElement?: string;
  period?: string;
  orgUnit?: string;
  categoryOptionCombo?: string;
  /** Since 2.43: category id → category option id (dhis2 FACTS §0). */
  categoryOptions?: Readonly<Record<string, string>>;
  attributeOptionCombo?: string;
  value?: string;
  comment?: string;
  followup: boolean | undefined;
  deleted: boolean;
  storedBy?: string;
}

/** What is deleted before the rows are written, since 2.43 (dhis2 FACTS §1.1). */
export interface DeletionScope {
  orgUnits: string[];
  periods: string[];
  elements: {
    dataElement: string;
    categoryOptionCombo?: string;
    attributeOptionCombo?: string;
  }[];
}

/** A payload of `POST /api/dataValueSets`. */
export interface Payload {
  dataSet?: string;
  completeDate?: string;
  period?: string;
  orgUnit?: string;
  attributeOptionCombo?: string;
  dryRun?: boolean;
  strategy?: string;
  idSchemes: Readonly<Record<string, string>>;
  deletion?: DeletionScope;
  rows: Row[];
}

/** A payload that is not a JSON object; the message is the parser's. */
export class MalformedPayload extends Error {}

/** A number or a boolean where the importer since 2.43 reads a string (dhis2 LIVE 176). */
export class UntypedPayload extends Error {}

/** How an importer reads the strings of a payload. */
export interface PayloadRules {
  /**
   * The name of the follow-up property in a row: `followup` up to 2.42, `followUp` since (dhis2
   * FACTS §1.1).
   */
  followUpName: 'followup' | 'followUp';
  /** Up to 2.42 numbers are read as strings, and ids are trimmed (dhis2 LIVE 176, 191). */
  isLenient: boolean;
}

/** The rules of each importer. */
export const PAYLOAD_RULES: Readonly<Record<'per-value' | 'group', PayloadRules>> = {
  'per-value': { followUpName: 'followup', isLenient: true },
  group: { followUpName: 'followUp', isLenient: false },
};

/**
 * The text of a body. The server recognises gzip by the first bytes, not by a header (dhis2 FACTS
 * §1.7).
 */
export function bodyText(body: ArrayBuffer): string {
  const bytes = new Uint8Array(body);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes) : Buffer.from(body)).toString('utf8');
}

/**
 * Reads a JSON payload.
 *
 * @throws MalformedPayload when the text is not a JSON object
 * @throws UntypedPayload when something of it is not of the type that the importer reads
 */
export function parsePayload(text: string, rules: PayloadRules): Payload {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new MalformedPayload((error as Error).message);
  }
  if (!isObject(json)) throw new MalformedPayload('A data value set is a JSON object.');
  const rows = json.dataValues ?? [];
  if (!Array.isArray(rows)) throw new MalformedPayload('dataValues is a JSON array.');
  if (isObject(json.attributeOptionCombo) || json.attributeCategoryOptions !== undefined) {
    throw sandboxRefusal(400, 'attribute options in place of an attributeOptionCombo');
  }
  const head = createReader(json, '$', rules);
  const schemes = Object.entries(json).filter(([name]) => /[iI]dScheme$/.test(name));
  return {
    dataSet: head('dataSet'),
    completeDate: head('completeDate'),
    period: head('period'),
    orgUnit: head('orgUnit'),
    attributeOptionCombo: head('attributeOptionCombo'),
    dryRun: typeof json.dryRun === 'boolean' ? json.dryRun : undefined,
    strategy: head('strategy'),
    idSchemes: Object.fromEntries(schemes) as Record<string, string>,
    deletion: json.deletion === undefined ? undefined : deletionOf(json.deletion),
    rows: rows.map((row, index) => rowOf(row, index, rules)),
  };
}

function rowOf(row: unknown, index: number, rules: PayloadRules): Row {
  if (!isObject(row)) throw new MalformedPayload(`dataValues[${index}] is a JSON object.`);
  const read = createReader(row, `$.dataValues[${index}]`, rules);
  const combo = row.categoryOptionCombo;
  return {
    index,
    dataElement: read('dataElement'),
    period: read('period'),
    orgUnit: read('orgUnit'),
    categoryOptionCombo: isObject(combo) ? undefined : read('categoryOptionCombo'),
    categoryOptions: isObject(combo) ? (combo as Record<string, string>) : undefined,
    attributeOptionCombo: read('attributeOptionCombo'),
    value: read('value', false),
    comment: read('comment', false),
    followup: flagOf(row[rules.followUpName]),
    deleted: row.deleted === true,
    storedBy: read('storedBy'),
  };
}

function deletionOf(json: unknown): DeletionScope {
  const scope = isObject(json) ? json : {};
  const { orgUnits, periods, elements } = scope;
  if (!Array.isArray(orgUnits) || !Array.isArray(periods) || !Array.isArray(elements)) {
    throw new MalformedPayload('deletion has the lists orgUnits, periods and elements.');
  }
  return { orgUnits, periods, elements };
}

/** Reads the strings of an object; an empty one counts as absent. */
function createReader(
  json: Record<string, unknown>,
  path: string,
  { isLenient }: PayloadRules,
): (name: string, isTrimmed?: boolean) => string | undefined {
  return (name, isTrimmed = true) => {
    const value = json[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string' && !isLenient) {
      const type = (Array.isArray(value) ? 'array' : typeof value).toUpperCase();
      throw new UntypedPayload(`${type} node at path ${path}.${name} is not a STRING.`);
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (text === '' || (isLenient && text.trim() === '')) return undefined;
    return isLenient && isTrimmed ? text.trim() : text;
  };
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
