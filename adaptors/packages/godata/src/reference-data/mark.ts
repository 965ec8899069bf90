/** The option from which an item is updated. */
export interface Mark {
  /** Ids of the option and of its set. */
  option: string;
  optionSet: string;
}

/** Reads and writes marks with the same beginning. */
export interface Marks {
  /** The mark in a description; undefined when it has no mark. */
  read(description: string): Mark | undefined;
  /** A description with this mark. The text that users wrote stays before the mark. */
  write(description: string, mark: Mark): string;
}

/**
 * Creates marks. Go.Data has no field for the id of an item in another system, so the mark is a
 * part of the description, where users see it: `DHIS2 option BzKrFT6nvq2 of set FhKzmBFh9Wy`.
 *
 * @param beginning the beginning of the mark
 */
export function createMarks(beginning: string): Marks {
  const escaped = beginning.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`${escaped} ([A-Za-z0-9]{11}) of set ([A-Za-z0-9]{11})`);
  return {
    read(description) {
      const [, option, optionSet] = pattern.exec(description) ?? [];
      return option && optionSet ? { option, optionSet } : undefined;
    },
    write(description, { option, optionSet }) {
      const mark = `${beginning} ${option} of set ${optionSet}`;
      if (description.trim() === '') return mark;
      if (pattern.test(description)) return description.replace(pattern, () => mark);
      return `${description.trim()} (${mark})`;
    },
  };
}
