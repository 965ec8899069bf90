import type {
  Category,
  DataSet,
  DataSetElement,
  GoDataSide,
  Item,
  Labelled,
} from '../servers/model.js';
import { plain } from '../words/plain.js';
import { groupOf, meansUnknown } from '../words/value-words.js';
import { type AgeBands, readAgeBands } from './age-bands.js';
import { createMoreWords } from './more-words.js';

/** The category options that codes of a dimension mean. */
export interface DimensionDraft {
  dimension: 'age' | 'sex';
  codes: readonly { code: string; option: Labelled }[];
}

/** A data element and the cases that it counts. */
export interface ValueDraft {
  element: DataSetElement;
  where: Readonly<Record<string, string | readonly string[]>>;
  how: string;
  dimensions: readonly DimensionDraft[];
}

/** A data element of which it is not sure what it counts; with the likeliest, if there is one. */
export interface Doubt {
  element: DataSetElement;
  why: string;
  value?: ValueDraft;
}

/** The mapping of counts as drafted. */
export interface AggregateDraft {
  dataSet: DataSet;
  boundaries: readonly number[];
  values: readonly ValueDraft[];
  doubts: readonly Doubt[];
  /** Classifications of cases that are none. */
  leaveOut: readonly string[];
}

/** Words of data elements → the cases that they count. */
const KINDS: readonly {
  words: RegExp;
  how: string;
  where(classifications: readonly Item[]): ValueDraft['where'];
}[] = [
  {
    words: /\b(deaths?|deces|obitos?|muertes?|defunciones|fallecidos)\b/,
    how: 'deaths',
    where: () => ({ outcome: 'DECEASED' }),
  },
  {
    words: /\b(confirmed|confirmes?|confirmados?|confirmees?)\b/,
    how: 'confirmed cases',
    where: items => ({ classification: likeGroup(items, 'confirmed', /^CONFIRM/) }),
  },
  {
    words: /\b(probables?|provave(l|is))\b/,
    how: 'probable cases',
    where: items => ({ classification: likeGroup(items, 'probable') }),
  },
  {
    words: /\b(suspect(s|ed)?|suspecte?s?|suspeitos?|sospechosos?)\b/,
    how: 'suspected cases',
    where: items => ({ classification: likeGroup(items, 'suspect') }),
  },
  {
    words: /\b(hospitali[sz]ed|hospitalises?|hospitalizados?)\b/,
    how: 'cases in hospital',
    where: () => ({ hospitalised: 'YES' }),
  },
];
/** Value types that hold a count, zero included. */
const COUNTS = new Set(['INTEGER', 'INTEGER_ZERO_OR_POSITIVE', 'NUMBER']);
const CASES = /\b(cases?|cas|casos?)\b/;
const CONTACTS = /\b(contacts?|contactos?|contatos?)\b/;

/** The classifications that mean the same as a word. */
function likeGroup(items: readonly Item[], word: string, value?: RegExp): string[] {
  const found = items.filter(
    item => value?.test(item.value) || item.texts.some(text => groupOf(text) === groupOf(word)),
  );
  return found.length > 0 ? found.map(item => item.value) : [word.toUpperCase()];
}

/** Drafts the mapping of counts to a data set. */
export function draftAggregate(dataSet: DataSet, { items, outbreak }: GoDataSide): AggregateDraft {
  const classifications = items.get('CASE_CLASSIFICATION') ?? [];
  const bands = findBands(dataSet);
  const values: ValueDraft[] = [];
  const doubts: Doubt[] = [];
  const moreWords = createMoreWords(dataSet, outbreak);
  for (const element of dataSet.elements) {
    const names = element.texts.map(plain).join(' ; ');
    const kinds = KINDS.filter(({ words }) => words.test(names));
    const dimensions = element.categories.map(one => toDimension(one, bands));
    const unread = element.categories.filter((_, n) => !dimensions[n]);
    if (!COUNTS.has(element.valueType)) {
      doubts.push({ element, why: `its value type ${element.valueType} is no count` });
    } else if (unread.length > 0) {
      doubts.push({
        element,
        why: `its category "${unread[0]!.name}" is neither sex nor the same age bands`,
      });
    } else if (CONTACTS.test(names))
      doubts.push({ element, why: 'it counts contacts, and this workflow cases' });
    else if (kinds.length > 1) {
      doubts.push({ element, why: `it may count ${kinds.map(({ how }) => how).join(' or ')}` });
    } else if (kinds.length === 0 && !CASES.test(names)) {
      doubts.push({ element, why: 'its name does not say which cases it counts' });
    } else {
      const [kind] = kinds;
      const what = kind?.how ?? 'all cases';
      const more = moreWords(element.texts, kind?.words ?? CASES);
      const value = {
        element,
        where: kind?.where(classifications) ?? {},
        how: `by name: ${what}`,
        dimensions: dimensions as DimensionDraft[],
      };
      if (more.length === 0) values.push(value);
      else {
        doubts.push({ element, why: `its name says more than ${what}: ${more.join(', ')}`, value });
      }
    }
  }
  return {
    dataSet,
    boundaries: bands?.boundaries ?? [],
    values,
    doubts,
    leaveOut: classifications
      .filter(
        ({ value, texts }) =>
          value === 'NOT_A_CASE_DISCARDED' ||
          texts.some(text => groupOf(text) === groupOf('discarded')),
      )
      .map(({ value }) => value),
  };
}

/** Whether the options of a data set's own categories need no choice. */
export function hasOneChoice(categories: readonly Category[]): boolean {
  return categories.every(({ options }) => options.length === 1);
}

/** The age bands of the first category that has some: the counting step has one list of bands. */
function findBands({ elements }: DataSet): AgeBands | undefined {
  for (const { categories } of elements) {
    for (const { options } of categories) {
      const bands = readAgeBands(options);
      if (bands) return bands;
    }
  }
  return undefined;
}

function toDimension(
  { options }: Category,
  bands: AgeBands | undefined,
): DimensionDraft | undefined {
  const own = readAgeBands(options);
  if (own) {
    const isSame = String(own.boundaries) === String(bands?.boundaries);
    return isSame && own.others.length === 0 ? { dimension: 'age', codes: own.codes } : undefined;
  }
  const codes = options.map(option => ({ code: sexOf(option), option }));
  if (codes.some(({ code }) => code === undefined)) return undefined;
  return codes.some(({ code }) => code === 'FEMALE')
    ? { dimension: 'sex', codes: codes as DimensionDraft['codes'] }
    : undefined;
}

function sexOf({ texts, code = '' }: Labelled): string | undefined {
  const all = [...texts, code];
  for (const sex of ['female', 'male'] as const) {
    if (all.some(text => groupOf(text) === groupOf(sex))) return sex.toUpperCase();
  }
  return all.some(text => plain(text).split(' ').some(meansUnknown)) ? 'UNKNOWN' : undefined;
}
