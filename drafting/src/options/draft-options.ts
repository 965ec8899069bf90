import type { PeopleDraft } from '../people/draft.js';
import type { FieldPlace } from '../people/place.js';

/** An option set that becomes reference data, or may. */
export interface OptionSetDraft {
  optionSet: string;
  category: string;
  place: FieldPlace;
  /** Why it is not sure; undefined if it is. */
  doubt?: string;
}

/**
 * The option sets of the programs that become reference data: that of the vaccine, which Go.Data has
 * no list of. A list that Go.Data has, such as occupations, is a doubt: its items would be there
 * beside those of the program.
 */
export function draftOptions(people: PeopleDraft | undefined): OptionSetDraft[] {
  if (!people) return [];
  const found = new Map<string, OptionSetDraft>();
  const add = (category: string, place: FieldPlace, doubt?: string) => {
    const { optionSet } = place.field;
    if (!optionSet) return;
    const before = found.get(optionSet);
    if (before && !before.doubt) return;
    found.set(optionSet, { optionSet, category, place, ...(doubt ? { doubt } : {}) });
  };
  for (const kind of [people.case, people.contact]) {
    for (const one of kind?.computed ?? []) {
      if (one.kind === 'vaccine') add('VACCINE', one.vaccine);
    }
    for (const { field, place, codes } of kind?.rows ?? []) {
      if (field !== 'occupation' || !('field' in place) || codes?.ignoresOthers) continue;
      add('OCCUPATION', place, 'Go.Data has occupations of its own, and they stay');
    }
    for (const { field, place } of kind?.doubts ?? []) {
      if (field !== 'occupation') continue;
      add('OCCUPATION', place, 'its options are not those of Go.Data');
    }
  }
  return [...found.values()];
}
