import { readMark } from '#common/identity/marks.js';

/** A member of a list: an address, a document... */
type Item = Record<string, unknown>;

/** How a list of a person is merged with what people have added in Go.Data. */
interface ListRule {
  /** Two members with one key are the same. */
  key(item: Item): string | undefined;
  /** Whether a stored member is the source's, so that it goes when the source has it no more. */
  isOwn(item: Item, wanted: readonly Item[], context: MergeContext): boolean;
}

/** What a rule must know besides. */
export interface MergeContext {
  /** Ids of the vaccines that the source knows. */
  vaccines: ReadonlySet<string>;
}

const EXTERNAL_ID = 'LNG_REFERENCE_DATA_CATEGORY_DOCUMENT_TYPE_EXTERNAL_ID';

/** One person can have ids of several other systems; of other documents, one of each type. */
function documentKey({ type, number }: Item): string {
  return type === EXTERNAL_ID ? `${type} ${number}` : String(type);
}

/** The lists of a person that people add to, and how their members are told apart. */
export const LIST_RULES: Readonly<Record<string, ListRule>> = {
  addresses: { key: ({ typeId }) => String(typeId), isOwn: () => false },
  documents: {
    key: documentKey,
    isOwn: (item, wanted) =>
      item.type !== EXTERNAL_ID && wanted.some(({ type }) => type === item.type),
  },
  dateRanges: {
    // One event can tell of a hospital stay and of intensive care.
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
 * Merges what a list should hold into what it holds: a member of the source takes the place of the
 * stored one with its key and keeps what people have added to it; those that the source has no more
 * go; all others stay, in their order.
 *
 * @param wanted members that the source has; one whose only value is its key says that it has none
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

/** A document without a number, or a vaccine that is none, says that the source has none. */
function hasValue(field: string): (item: Item) => boolean {
  if (field === 'documents') return ({ number }) => number != null && number !== '';
  if (field === 'vaccinesReceived') return ({ vaccine }) => vaccine != null;
  return () => true;
}

/** A remark that people have written behind the mark stays. */
function keptText({ comments: stored }: Item, { comments }: Item): Item {
  const key = readMark(comments);
  return key !== undefined && readMark(stored) === key ? { comments: stored } : {};
}

function withoutEmpty(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value != null));
}
