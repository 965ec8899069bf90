import { valueTypeProblem } from '#common/people-mapping/value-types.js';
import { fieldsOfRows } from '#common/people-mapping/writable.js';
import type { Item } from '../servers/model.js';
import { compare } from '../words/compare.js';
import { CATEGORY_OF, FIELD_WORDS } from '../words/field-words.js';
import { plain } from '../words/plain.js';
import { type CodesDraft, matchCodes } from './match-codes.js';
import type { FieldPlace } from './place.js';

/** A list of rows, by its name in the mapping. */
export type RowList = keyof typeof FIELD_WORDS;

/** A field of Go.Data that a place may hold. */
export interface FieldMatch {
  field: string;
  place: FieldPlace;
  /** How it was found: `by name`. */
  how: string;
  codes?: CodesDraft;
  /** Why it is not sure; undefined if it is. */
  doubt?: string;
}

/** What the matching of a list of rows needs besides places. */
export interface MatchContext {
  items: ReadonlyMap<string, readonly Item[]>;
  /** Words that names of the program begin with. */
  beginnings: ReadonlySet<string>;
}

const MODEL = {
  case: 'case',
  contact: 'contact',
  relationship: 'relationship',
  labResults: 'labResult',
} as const;

/** The fields of a list of rows that a place may hold, the sure ones first. */
export function matchPlace(list: RowList, place: FieldPlace, context: MatchContext): FieldMatch[] {
  const { field } = place;
  const byCode = field.code ? [field.code] : [];
  const found = [...FIELD_WORDS[list]].flatMap(([name, phrases]): FieldMatch[] => {
    const best = (texts: readonly string[]) => {
      const fits = texts.flatMap(text =>
        phrases.map(one => compare(text, one, context.beginnings)),
      );
      return fits.includes('all') ? 'all' : fits.includes('part') ? 'part' : 'none';
    };
    const [ofName, ofCode] = [best(field.texts), best(byCode)];
    if (ofName === 'none' && ofCode === 'none') return [];
    const how = ofName === 'all' || ofCode !== 'all' ? 'by name' : 'by code';
    const isWhole = ofName === 'all' || ofCode === 'all';
    const match: FieldMatch = { field: name, place, how };
    return [
      withType(
        list,
        isWhole ? match : { ...match, doubt: 'its name says more than this' },
        context,
      ),
    ];
  });
  const isKnown = found.some(({ doubt }) => !doubt);
  const typed = isKnown || (found.length > 0 && !field.isGenerated) ? [] : byType(list, place);
  return [...found, ...typed].sort((a, b) => Number(!!a.doubt) - Number(!!b.doubt));
}

/** What a value type says by itself. */
function byType(list: RowList, place: FieldPlace): FieldMatch[] {
  if (list !== 'case' && list !== 'contact') return [];
  const { field } = place;
  if (field.isGenerated && !place.stage) {
    return [{ field: 'documents.EXTERNAL_ID', place, how: 'by value type: DHIS2 generates it' }];
  }
  const how = `by value type ${field.valueType}`;
  if (field.valueType === 'PHONE_NUMBER') return [{ field: 'addresses.phoneNumber', place, how }];
  if (field.valueType === 'EMAIL') return [{ field: 'addresses.emailAddress', place, how }];
  if (field.valueType === 'AGE' && !place.stage) return [{ field: 'dob', place, how }];
  if (
    field.valueType === 'DATE' &&
    !place.stage &&
    /^(age|idade|edad)|birth|nai/.test(lastWords(field.texts))
  ) {
    return [{ field: 'dob', place, how, doubt: 'only its type, and a part of its name, say so' }];
  }
  return [];
}

const lastWords = (texts: readonly string[]) =>
  plain(texts[0] ?? '')
    .split(' ')
    .at(-1) ?? '';

/** Holds a match against value types and codes. */
function withType(list: RowList, match: FieldMatch, { items }: MatchContext): FieldMatch {
  const { field: name, place } = match;
  const { valueType, options } = place.field;
  const category = CATEGORY_OF[name];
  if (category) {
    const codes = options && matchCodes(category, options, items.get(category) ?? []);
    if (codes) return { ...match, codes, how: `${match.how} and option codes` };
    const what = options ? `its options are not items of ${category}` : 'it has no options';
    return { ...match, doubt: match.doubt ?? what };
  }
  const type = fieldsOfRows(MODEL[list])[name];
  const problem = type && valueTypeProblem(type, valueType);
  if (problem) return { ...match, doubt: `it is ${valueType}, and the field needs ${problem}` };
  // A choice, where the field is free text, is usually something else.
  if (type === 'text' && options && name !== 'socialRelationshipDetail') {
    return { ...match, doubt: match.doubt ?? 'it has options, and the field is free text' };
  }
  return match;
}
