/** What a mapping makes of an option: the fields of a Go.Data reference data item that DHIS2 owns. */
export interface ReferenceItemFields {
  /** What people see. No two items of a category have the same one. */
  label?: string;
  /** What the item is found by again. No two items of Go.Data have the same one. */
  code?: string;
  /** Place in lists. Absent: what Go.Data has stays. */
  order?: number | null;
  /** Whether it is offered for choice. Default true. */
  active?: boolean;
  /**
   * Whether outbreaks offer it that have chosen which items of the category they offer (Go.Data 2.47
   * and later). Absent: what Go.Data has stays.
   */
  isSystemWide?: boolean;
}

/** What becomes of an item whose option is no longer in its set. */
export type WhenGone = 'leave' | 'deactivate';

/** An item as it should be. */
export interface MappedItem extends Pick<ReferenceItemFields, 'order' | 'isSystemWide'> {
  /** Id of the option. */
  option: string;
  /** Code of the option, which DHIS2's data hold. */
  optionCode: string;
  /** The label, and behind it those that are tried where Go.Data has it already for something else. */
  labels: string[];
  /** The code, and behind it those that are tried where Go.Data has it already for something else. */
  codes: string[];
  /** The code that the mapping wants, whether or not it may have it. */
  ownCode: string;
  active: boolean;
}

/** What an option set becomes. */
export interface MappedSet {
  id: string;
  name: string;
  /** Category of reference data without its prefix, `VACCINE`. */
  category: string;
  whenGone: WhenGone;
  items: MappedItem[];
  /** Ids of all its options: of whoever is not among them, the option is gone. */
  optionIds: string[];
}

/** Reference data as it should be. */
export interface MappedReferenceDataBatch {
  sets: MappedSet[];
  /** Begins the part of an item's description that tells its option: the mark of what is kept in step. */
  mark: string;
}
