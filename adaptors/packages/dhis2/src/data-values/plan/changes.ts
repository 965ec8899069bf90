import { getOrCreate } from '#common/collections/get-or-create.js';

/** A data value that differs from the report. */
export interface Change {
  orgUnit: string;
  period: string;
  /** Index into the target's elements. */
  element: number;
  categoryOptionCombo: string;
  /** The value on the server; null if there is none. */
  old: string | null;
  value: number;
  comment: string;
  /** Whether a user has marked the value for follow-up. */
  followUp: boolean;
  /**
   * The mark that the value had before, if it was not the one of this outbreak; null: somebody else
   * had written it.
   */
  formerMark?: string | null;
}

/**
 * A list of changes, stored in columns: the first run of a large outbreak has hundreds of
 * thousands, and an object for each would take ten times as much memory.
 */
export interface ChangeList {
  readonly length: number;
  push(change: Change): void;
  at(index: number): Change;
}

/** Creates an empty list. */
export function createChangeList(): ChangeList {
  const orgUnits: string[] = [];
  const periods: string[] = [];
  const elements: number[] = [];
  const combos: string[] = [];
  const olds: (string | null)[] = [];
  const values: number[] = [];
  const comments: string[] = [];
  const marked = new Set<number>();
  const formerMarks = new Map<number, string | null>();
  // A text from an answer keeps the whole answer in memory. Keeping one copy of each is enough.
  const texts = new Map<string, string>();
  const shared = (text: string) => getOrCreate(texts, text, () => text);
  return {
    get length() {
      return values.length;
    },
    push(change) {
      orgUnits.push(shared(change.orgUnit));
      periods.push(shared(change.period));
      elements.push(change.element);
      combos.push(shared(change.categoryOptionCombo));
      olds.push(change.old);
      if (change.followUp) marked.add(values.length);
      if (change.formerMark !== undefined) formerMarks.set(values.length, change.formerMark);
      values.push(change.value);
      comments.push(shared(change.comment));
    },
    at: i => ({
      orgUnit: orgUnits[i]!,
      period: periods[i]!,
      element: elements[i]!,
      categoryOptionCombo: combos[i]!,
      old: olds[i]!,
      value: values[i]!,
      comment: comments[i]!,
      followUp: marked.has(i),
      ...(formerMarks.has(i) ? { formerMark: formerMarks.get(i)! } : {}),
    }),
  };
}
