import { isJsonObject, unexpectedAnswer } from '#common/http/index.js';
import type { GoDataClient } from '../client/client.js';
import type { ReferenceDataRecord } from '../client/types/index.js';
import type { Mark, Marks } from './mark.js';

/** An item in Go.Data, with its texts in the account's language. */
export interface KnownItem {
  id: string;
  categoryId: string;
  /** Empty if the item has no code. */
  code: string;
  /** Empty if the item has no label in the account's language. */
  label: string;
  description: string;
  /** Undefined for an item that no run has written. */
  mark: Mark | undefined;
  order: number | undefined;
  active: boolean;
  isSystemWide: boolean;
  /** The server refuses to change items on which it depends. */
  readOnly: boolean;
  /** Whether the item came with Go.Data. */
  isShipped: boolean;
}

/**
 * The reference data of a server. Only items of the wanted categories have label, description and
 * mark.
 */
export interface Existing {
  items: KnownItem[];
  /** All ids that exist, also those of deleted items. */
  ids: Set<string>;
}

const FIELDS: (keyof ReferenceDataRecord)[] = [
  'categoryId',
  'value',
  'description',
  'code',
  'order',
  'active',
  'isSystemWide',
  'readOnly',
  'isDefaultReferenceData',
];

/** One request for any country: Go.Data has no limit of its own (godata FACTS §3). */
const PAGE_SIZE = 100_000;

/** The language of an account without a chosen language (godata FACTS §4). */
const DEFAULT_LANGUAGE = 'english_us';

/** Reads the full ids of the server's categories. */
export async function readCategories(client: GoDataClient): Promise<string[]> {
  const path = '/reference-data/available-categories';
  const body = await client.request({ method: 'GET', path });
  if (Array.isArray(body) && body.every(isCategory)) return body.map(({ id }) => id);
  throw unexpectedAnswer('Go.Data', { method: 'GET', path }, 'the categories', body);
}

/**
 * Reads all reference data once, because codes are unique across categories and ids of deleted
 * items cannot be used again. Labels are read for the wanted categories, in the account's language,
 * because the server compares and changes them in this language (godata FACTS §2.7).
 *
 * @param categoryIds full ids
 */
export async function readExisting(
  client: GoDataClient,
  categoryIds: ReadonlySet<string>,
  marks: Marks,
): Promise<Existing> {
  const query = { fields: FIELDS, deleted: true, pageSize: PAGE_SIZE };
  const records = await client.server.referenceData.list(query);
  const present = records.filter(({ deleted }) => deleted !== true);
  const wanted = present.filter(({ categoryId }) => categoryIds.has(categoryId));
  const { languageId = DEFAULT_LANGUAGE } = await client.account();
  const tokens = wanted.flatMap(({ value, description }) => [
    value,
    ...(description ? [description] : []),
  ]);
  const texts = new Map(
    (await client.languageTokens(languageId, [...new Set(tokens)])).map(
      ({ token, translation }) => [token, translation],
    ),
  );
  return {
    items: present.map(record => toKnown(record, token => texts.get(token) ?? '', marks)),
    ids: new Set(records.map(({ id }) => id)),
  };
}

function toKnown(
  record: ReferenceDataRecord,
  textOf: (token: string) => string,
  marks: Marks,
): KnownItem {
  const { id, categoryId, value, code, order, active, isSystemWide, readOnly } = record;
  const description = record.description ? textOf(record.description) : '';
  return {
    id,
    categoryId,
    code: code ?? '',
    label: textOf(value),
    description,
    mark: marks.read(description),
    order: order ?? undefined,
    active: active !== false,
    isSystemWide: isSystemWide === true,
    readOnly: readOnly === true,
    isShipped: record.isDefaultReferenceData === true,
  };
}

function isCategory(value: unknown): value is { id: string } {
  return isJsonObject(value) && typeof value.id === 'string';
}
