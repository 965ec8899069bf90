import { castRecord } from '../casts/cast.js';
import type { GoDataContext } from '../context.js';
import { ApiError, internalError, shownValue, unknownRecord, validationError } from '../errors.js';
import { withoutReadOnly } from '../models.js';
import type { GoDataRecord, JsonObject, User } from '../types.js';
import { REFERENCE_CATEGORIES } from './reference-categories.js';
import { missingFields, notUnique } from './validate.js';
import { snakeCase } from './words.js';

/** What can be changed in an item that came with the server (godata FACTS §2.7). */
const CHANGEABLE_IF_READ_ONLY = new Set([
  ...['active', 'value', 'description', 'iconId', 'colorCode', 'order', 'code', 'geoLocation'],
  ...['isSystemWide', 'allowedRefDataItems'],
]);

/**
 * Creates an item of reference data. Its id comes from the category and the label; label and
 * description become tokens, their texts go to every language (godata FACTS §2.7, r198, r201).
 *
 * @throws ApiError 409 for a label that the category has in the user's language (r199), 422 for an
 *   unknown category (r200), a missing label or a code that is taken, 500 for an id that exists
 */
export function createReferenceItem(
  context: GoDataContext,
  body: JsonObject,
  user: User,
): GoDataRecord {
  const { readOnly: _readOnly, ...values } = castRecord('referenceData', withoutReadOnly(body));
  const { categoryId, value: label, description } = values;
  assertLabelIsFree(context, { categoryId, label, token: undefined }, user);
  refuse([
    ...missingFields(values, ['categoryId', 'value']),
    ...unknownCategory(categoryId),
    ...takenCode(context, values),
  ]);
  const id = `${categoryId}_${snakeCase(String(label))}`;
  // Another label may give the same id, and a deleted item still has its own.
  if (context.store.referenceData.rows.get(id)) throw internalError();
  writeLabel(context, id, label, user);
  if (description != null) writeLabel(context, descriptionToken(id), description, user);
  const tokens = { value: id, ...(description ? { description: descriptionToken(id) } : {}) };
  const record = { active: true, ...values, ...tokens, readOnly: false, id };
  return context.store.referenceData.create(record, user.id);
}

/** Creates an item for a text in a person, unless it exists (r253). */
export function ensureReferenceItem(
  context: GoDataContext,
  id: string,
  label: string,
  user: User,
): void {
  if (context.store.referenceData.get(id)) return;
  const categoryId = id.slice(0, id.length - snakeCase(label).length - 1);
  createReferenceItem(context, { categoryId, value: label, description: '' }, user);
}

/**
 * Changes an item; a label or a description that is sent changes the text in the user's language
 * only (r202).
 *
 * @throws ApiError 404 for an item without a label in the user's language; 409 and 422 as on creation
 */
export function updateReferenceItem(
  context: GoDataContext,
  item: GoDataRecord,
  body: JsonObject,
  user: User,
): GoDataRecord {
  const {
    id: _id,
    readOnly: _readOnly,
    categoryId: _category,
    ...sent
  } = castRecord('referenceData', withoutReadOnly(body));
  const changes = item.readOnly === true ? pick(sent, CHANGEABLE_IF_READ_ONLY) : sent;
  const { value, description, ...others } = changes;
  const token = String(item.value);
  const label = value || labelOf(context, token, user);
  if (!label) throw unknownRecord('languageToken', token);
  assertLabelIsFree(context, { categoryId: item.categoryId, label, token }, user);
  refuse(takenCode(context, { ...others, id: item.id }));
  if (value) writeLabel(context, item.id, value, user);
  if (description) {
    writeLabel(context, descriptionToken(item.id), description, user);
    others.description = descriptionToken(item.id);
  }
  return context.store.referenceData.update(item.id, others, user.id);
}

/**
 * @returns 0 if there is no such item
 * @throws ApiError 422 for an item that came with the server, or that is in use
 */
export function deleteReferenceItem(context: GoDataContext, id: string, user: User): number {
  const item = context.store.referenceData.get(id);
  if (!item) return 0;
  const model = 'referenceData';
  if (item.readOnly === true) {
    const message = `Model \`${model}\` id \`${id}\` is not editable (read-only).`;
    throw new ApiError(422, message, { code: 'MODEL_NOT_EDITABLE', details: { model, id } });
  }
  if (isInUse(context, id)) {
    const message = `Model \`${model}\` id \`${id}\` is in use.`;
    throw new ApiError(422, message, { code: 'MODEL_IN_USE', details: { model, id } });
  }
  context.store.referenceData.delete(id, user.id);
  return 1;
}

function assertLabelIsFree(
  { store }: GoDataContext,
  { categoryId, label, token }: { categoryId: unknown; label: unknown; token: string | undefined },
  user: User,
): void {
  const languageId = languageOf(user);
  const tokens = store.languageTokens
    .list()
    .filter(one => one.translation === label && one.languageId === languageId)
    .map(one => one.token)
    .filter(one => one !== token);
  const isTaken = store.referenceData
    .list()
    .some(item => item.categoryId === categoryId && tokens.includes(item.value));
  // The server leaves the id out (r199).
  if (isTaken) {
    const message = 'Model with id `` already exists';
    throw new ApiError(409, message, { code: 'MODEL_CONFLICT', details: {} });
  }
}

/** Changes a text in the user's language; a new text is added to every language. */
function writeLabel({ store }: GoDataContext, token: string, translation: unknown, user: User) {
  const { languageTokens, languages } = store;
  const own = languageTokens.get(tokenId(token, languageOf(user)));
  if (own) {
    languageTokens.update(own.id, { translation }, user.id);
    return;
  }
  for (const { id: languageId } of languages.list()) {
    const id = tokenId(token, languageId);
    if (languageTokens.get(id)) continue;
    languageTokens.create({ id, token, languageId, translation }, user.id);
  }
}

function labelOf({ store }: GoDataContext, token: string, user: User): unknown {
  return store.languageTokens.get(tokenId(token, languageOf(user)))?.translation;
}

/** The id that a label has in a language, so that it is found without a search. */
export function tokenId(token: string, languageId: string): string {
  return `${token}_${languageId}`;
}

function languageOf({ languageId }: User): string {
  return String(languageId ?? 'english_us');
}

function descriptionToken(id: string): string {
  return `${id}_DESCRIPTION`;
}

function isInUse({ store }: GoDataContext, id: string): boolean {
  const records = [
    ...store.people.all(),
    ...[store.outbreaks, store.locations, store.relationships].flatMap(one => one.list()),
    ...[store.labResults, store.followUps].flatMap(one => one.list()),
  ];
  return records.some(one => one.deleted !== true && JSON.stringify(one).includes(`"${id}"`));
}

function unknownCategory(categoryId: unknown) {
  if (categoryId == null || REFERENCE_CATEGORIES.includes(String(categoryId))) return [];
  // The two spaces are the server's (r200).
  const message = ` value is not allowed. Allowed values: ${REFERENCE_CATEGORIES.join(', ')}`;
  const shown = shownValue(categoryId);
  return [{ property: 'categoryId', code: 'inclusion', message, shown }];
}

/** Codes of items that are not deleted must differ (godata FACTS §2.7). */
function takenCode({ store }: GoDataContext, { id, code }: JsonObject) {
  if (!code) return [];
  const isTaken = store.referenceData.list().some(item => item.code === code && item.id !== id);
  return isTaken ? [notUnique('code', code)] : [];
}

function pick(values: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function refuse(violations: ReturnType<typeof missingFields>): void {
  if (violations.length > 0) throw validationError('referenceData', violations);
}
