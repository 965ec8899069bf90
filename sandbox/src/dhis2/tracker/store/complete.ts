import type { ServerTime } from '../../store/time.js';
import type { Note, Stamps, TrackerDrafts, TrackerKind, TrackerObjects } from '../types.js';

/** The context of a write. */
export interface Writing {
  time: ServerTime;
  /** The time stamp of new and changed objects. */
  now: string;
  /** Whether a draft keeps its own time stamps: in a seed, which contains a server's past. */
  keepsStamps: boolean;
  defaultOptionCombo: string;
}

type Completers = {
  [K in TrackerKind]: (
    writing: Writing,
    draft: TrackerDrafts[K],
    before: TrackerObjects[K] | undefined,
  ) => TrackerObjects[K];
};

/**
 * Completes a draft: omitted properties get the defaults of a server, times are converted to the
 * server's, and unchanged values keep their time stamps (dhis2 FACTS §4.1).
 *
 * @throws Error when a time is not valid
 */
export const COMPLETE: Completers = {
  trackedEntities: (writing, draft, before) => {
    const common = commonOf(writing, draft, before);
    const values = valuesOf(
      since(writing, common),
      draft.attributes,
      before?.attributes,
      one => one.attribute,
    );
    return { inactive: false, potentialDuplicate: false, ...common, attributes: values };
  },

  enrollments: (writing, draft, before) => ({
    status: 'ACTIVE',
    followUp: false,
    ...commonOf(writing, draft, before),
    ...timesOf(writing, draft, ['enrolledAt', 'occurredAt', 'completedAt']),
    notes: notesOf(writing, draft.notes),
  }),

  events: (writing, draft, before) => {
    const common = commonOf(writing, draft, before);
    return {
      status: 'ACTIVE',
      followUp: false,
      attributeOptionCombo: writing.defaultOptionCombo,
      ...common,
      ...timesOf(writing, draft, ['occurredAt', 'scheduledAt', 'completedAt']),
      dataValues: valuesOf(
        since(writing, common),
        (draft.dataValues ?? []).map(one => ({ providedElsewhere: false, ...one })),
        before?.dataValues,
        one => one.dataElement,
      ),
      notes: notesOf(writing, draft.notes),
    };
  },

  relationships: commonOf,
};

interface CommonDraft extends Partial<Stamps> {
  createdAtClient?: string;
  updatedAtClient?: string;
  deleted?: boolean;
}

function commonOf<D extends CommonDraft>(
  writing: Writing,
  draft: D,
  before: Stamps | undefined,
): D & Stamps & { deleted: boolean } {
  return {
    deleted: false,
    ...draft,
    ...timesOf(writing, draft, ['createdAtClient', 'updatedAtClient']),
    ...stampsOf(writing, draft, before),
  };
}

function stampsOf(
  { time, now, keepsStamps }: Writing,
  draft: Partial<Stamps>,
  before: Stamps | undefined,
): Stamps {
  const created = draft.createdAt && serverTime(time, draft.createdAt);
  const updated = draft.updatedAt && serverTime(time, draft.updatedAt);
  const createdAt = created ?? before?.createdAt ?? now;
  return { createdAt, updatedAt: keepsStamps ? (updated ?? createdAt) : now };
}

/** Values of a seed have the time stamps of their object, unless they have their own. */
function since(writing: Writing, { createdAt }: Stamps): Writing {
  return writing.keepsStamps ? { ...writing, now: createdAt } : writing;
}

/** Values with time stamps; a value that did not change keeps its own. */
function valuesOf<D extends Partial<Stamps> & { value: string }>(
  writing: Writing,
  drafts: readonly D[] = [],
  before: readonly (Stamps & { value: string })[] = [],
  keyOf: (value: D) => string,
): (D & Stamps)[] {
  const known = new Map(before.map(one => [keyOf(one as unknown as D), one]));
  return drafts.map(draft => {
    const last = known.get(keyOf(draft));
    if (last && last.value === draft.value) {
      return { ...draft, createdAt: last.createdAt, updatedAt: last.updatedAt };
    }
    return { ...draft, ...stampsOf(writing, draft, last) };
  });
}

function notesOf({ time, now }: Writing, notes: readonly Note[] = []): Note[] {
  return notes.map(note => ({
    ...note,
    storedAt: note.storedAt === undefined ? now : serverTime(time, note.storedAt),
  }));
}

function timesOf<N extends string, D extends Partial<Record<N, string>>>(
  { time }: Writing,
  draft: D,
  names: readonly N[],
): Pick<D, N> {
  const times: Partial<Record<N, string>> = {};
  for (const name of names) {
    const text = draft[name];
    if (text !== undefined) times[name] = serverTime(time, text);
  }
  return times as Pick<D, N>;
}

function serverTime(time: ServerTime, text: string): string {
  const known = time.fromText(text);
  if (known === undefined) throw new Error(`"${text}" is not a time.`);
  return known;
}
