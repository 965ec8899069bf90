import { gunzipSync } from 'node:zlib';
import { sandboxRefusal } from '../web-message.js';

/** One row of a payload, as sent; empty texts count as absent. */
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
  followup: boolean;
  deleted: boolean;
  storedBy?: string;
}

/** What is to be deleted before the rows are written, since 2.43 (dhis2 FACTS §1.1). */
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

/** A payload that is no JSON object; the message is the parser's. */
export class MalformedPayload extends Error {}

/** The text of a body; the server tells gzip by its first bytes, not by a header (dhis2 FACTS §1.7). */
export function bodyText(body: ArrayBuffer): string {
  const bytes = new Uint8Array(body);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes) : Buffer.from(body)).toString('utf8');
}

/**
 * Reads a JSON payload.
 *
 * @param followUpName the property of a row that the version binds: `followup` up to 2.42,
 *   `followUp` since (dhis2 FACTS §1.1)
 * @throws MalformedPayload when the text is no JSON object
 */
export function parsePayload(text: string, followUpName: 'followup' | 'followUp'): Payload {
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
  const schemes = Object.entries(json).filter(([name]) => /[iI]dScheme$/.test(name));
  return {
    dataSet: textOf(json.dataSet),
    completeDate: textOf(json.completeDate),
    period: textOf(json.period),
    orgUnit: textOf(json.orgUnit),
    attributeOptionCombo: textOf(json.attributeOptionCombo),
    dryRun: typeof json.dryRun === 'boolean' ? json.dryRun : undefined,
    strategy: textOf(json.strategy),
    idSchemes: Object.fromEntries(schemes) as Record<string, string>,
    deletion: json.deletion === undefined ? undefined : deletionOf(json.deletion),
    rows: rows.map((row, index) => rowOf(row, index, followUpName)),
  };
}

function rowOf(row: unknown, index: number, followUpName: string): Row {
  if (!isObject(row)) throw new MalformedPayload(`dataValues[${index}] is a JSON object.`);
  const combo = row.categoryOptionCombo;
  return {
    index,
    dataElement: textOf(row.dataElement),
    period: textOf(row.period),
    orgUnit: textOf(row.orgUnit),
    categoryOptionCombo: isObject(combo) ? undefined : textOf(combo),
    categoryOptions: isObject(combo) ? (combo as Record<string, string>) : undefined,
    attributeOptionCombo: textOf(row.attributeOptionCombo),
    value: textOf(row.value),
    comment: textOf(row.comment),
    followup: row[followUpName] === true,
    deleted: row.deleted === true,
    storedBy: textOf(row.storedBy),
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

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.trim() === '' ? undefined : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
