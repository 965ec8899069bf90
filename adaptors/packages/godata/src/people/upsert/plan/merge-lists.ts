import { readMark } from '#common/identity/marks.js';

/** A member of a list: an address, a document... */
type Item = Record<string, unknown>;

/** How to merge a list of a person with what users added in Go.Data. */
interface ListRule {
  /** Two members with the same key are the same member. */
  key(item: Item): string | undefined;
  /**
   * Whether a stored member comes from the source, so it is removed when the source no longer has
   * it.
   */
  isOwn(item: Item, wanted: readonly Item[], context: MergeContext): boolean;
}

/** The input of the rules. */
export interface MergeContext {
  /** Ids of the vaccines that the source knows. */
  vaccines: ReadonlySet<string>;
}

const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

/** A person can have ids of several other systems, but only one document of each other type. */
function documentKey({ type, number }: Item): string {
  return type === EXTERNAL_ID ? `${type} ${number}` : String(type);
}

/** The lists to which users add members, and how to identify the members. */
export const LIST_RULES: Readonly<Record<string, ListRule>> = {
  addresses: { key: ({ typeId }) => String(typeId), isOwn: () => false },
  documents: {
    key: documentKey,
    isOwn: (item, wanted) =>
      item.type !== EXTERNAL_ID && wanted.some(({ type }) => type === item.type),
  },
  dateRanges: {
    // One event can give a hospital stay and a stay in intensive care.
    key: ({ typeId, comments }) => {
      const mark = readMark(comments);
      return mark === undefined ? undefined : `${typeId} ${mark}`;
    },
    isOwn: ({ comments }) => readMark(comments) !== undefined,
  },
  vaccinesReceived: {
    key: ({ vaccine }) => String(vaccine),
    isOwn: ({ vaccine }, _, { vaccines }) => vaccines.has(String(vaccine)),
  },
};

/**
 * Merges the members of the source into a stored list. A member of the source replaces the stored
 * member with the same key and keeps what users added to it. Members that the source no longer has
 * are removed. All others stay, in their order.
 *
 * @param wanted members of the source; one with only its key means that the source has no such
 * member
 */
export function mergeList(
  field: string,
  stored: readonly Item[],
  wanted: readonly Item[],
  context: MergeContext,
): Item[] {
  const { key, isOwn } = LIST_RULES[field]!;
  const present = wanted.filter(hasValue(field));
  const byKey = new Map(present.map(item => [key(item), item]));
  const merged: Item[] = [];
  for (const item of stored) {
    const own = byKey.get(key(item));
    if (own && key(item) !== undefined) {
      merged.push(withoutEmpty({ ...item, ...own, ...keptText(item, own) }));
      byKey.delete(key(item));
    } else if (!isOwn(item, wanted, context)) merged.push(item);
  }
  return [...merged, ...[...byKey.values()].map(withoutEmpty)];
}

/** A document without a number or an empty vaccine means that the source has no such member. */
function hasValue(field: string): (item: Item) => boolean {
  if (field === 'documents') return ({ number }) => number != null && number !== '';
  if (field === 'vaccinesReceived') return ({ vaccine }) => vaccine != null;
  return () => true;
}

/** A remark that users wrote after the mark stays. */
function keptText({ comments: stored }: Item, { comments }: Item): Item {
  const key = readMark(comments);
  return key !== undefined && readMark(stored) === key ? { comments: stored } : {};
}

function withoutEmpty(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value != null));
}
