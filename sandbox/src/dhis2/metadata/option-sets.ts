import type { Option, OptionSet } from './types.js';

/**
 * The options that are written inside an option set, as objects of their own. A mere reference is
 * skipped: its object exists elsewhere.
 */
export function embeddedOptions({ id, options = [] }: OptionSet): Option[] {
  return options.flatMap((option, index) =>
    option.code === undefined ? [] : [{ sortOrder: index, ...option, optionSet: { id } }],
  );
}

/** An option set as a store keeps it: options refer to their set, not the other way round. */
export function withoutOptions({ options: _options, ...optionSet }: OptionSet): OptionSet {
  return optionSet;
}
