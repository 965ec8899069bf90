/** What a mapping returns for an option: the fields of a Go.Data reference data item that DHIS2 owns. */
export interface ReferenceItemFields {
  /** What people see. Unique within a category. */
  label?: string;
  /** The item is found again by its code. Unique in Go.Data. */
  code?: string;
  /** Place in lists. Absent: Go.Data keeps its own. */
  order?: number | null;
  /** Whether people can choose it. Default true. */
  active?: boolean;
  /**
   * Whether outbreaks that chose their own items of the category offer this one as well (Go.Data
   * 2.47 and later). Absent: Go.Data keeps its own.
   */
  isSystemWide?: boolean;
}

/** What happens to an item whose option is no longer in its set. */
export type WhenGone = 'leave' | 'deactivate';

/** An item as Go.Data should have it. */
export interface MappedItem extends Pick<ReferenceItemFields, 'order' | 'isSystemWide'> {
  /** Id of the option. */
  option: string;
  /** Code of the option, as DHIS2's data hold it. */
  optionCode: string;
  /** The label, then other labels to try if Go.Data already uses it for another item. */
  labels: string[];
  /** The code, then other codes to try if Go.Data already uses it for another item. */
  codes: string[];
  /** The code that the mapping asks for, whether or not it is free. */
  ownCode: string;
  active: boolean;
}

/** The category that an option set becomes. */
export interface MappedSet {
  id: string;
  name: string;
  /** Category of reference data without its prefix, `VACCINE`. */
  category: string;
  whenGone: WhenGone;
  items: MappedItem[];
  /** Ids of all options of the set. If an item's option is not among them, the option no longer exists. */
  optionIds: string[];
}

/**
 * Reference data as Go.Data should have it. Written by `mapReferenceData`, read by
 * `upsertReferenceItems` (README.md).
 */
export interface MappedReferenceDataBatch {
  sets: MappedSet[];
  /**
   * Beginning of the part of an item's description that names its option. It marks the items that
   * are kept in step.
   */
  mark: string;
}
