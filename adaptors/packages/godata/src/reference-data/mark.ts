/** Which option an item is kept in step with. */
export interface Mark {
  /** Ids of the option and of its set. */
  option: string;
  optionSet: string;
}

/** Reads and writes marks that begin with the same words. */
export interface Marks {
  /** The mark in a description; undefined when it has none. */
  read(description: string): Mark | undefined;
  /** A description with this mark: what people have written there stays before it. */
  write(description: string, mark: Mark): string;
}

/**
 * Go.Data has no place for the id that another system knows an item by, so the mark is a part of the
 * description, where people see it as well: `DHIS2 option BzKrFT6nvq2 of set FhKzmBFh9Wy`.
 *
 * @param words what the mark begins with
 */
export function createMarks(words: string): Marks {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`${escaped} ([A-Za-z0-9]{11}) of set ([A-Za-z0-9]{11})`);
  return {
    read(description) {
      const [, option, optionSet] = pattern.exec(description) ?? [];
      return option && optionSet ? { option, optionSet } : undefined;
    },
    write(description, { option, optionSet }) {
      const mark = `${words} ${option} of set ${optionSet}`;
      if (description.trim() === '') return mark;
      if (pattern.test(description)) return description.replace(pattern, () => mark);
      return `${description.trim()} (${mark})`;
    },
  };
}
