import type { Labelled } from '../servers/model.js';
import { plain } from '../words/plain.js';
import { meansUnknown } from '../words/value-words.js';

/** Ages that a category option means, in whole years. */
interface Band {
  option: Labelled;
  from: number;
  /** The last year; undefined: no end. */
  to?: number;
}

/** Age bands, as the counting step and the mapping need them. */
export interface AgeBands {
  /** Ages at which a new band begins. */
  boundaries: number[];
  /** Code of a band → its option. */
  codes: { code: string; option: Labelled }[];
  /** Options that are no band. */
  others: Labelled[];
}

const MONTHS = /\b(m|mo|mois|months?|mes|meses)\b/;

/** `5-14 ans`, `15 ans et plus`, `<5`, `0-11 mois`: the ages that a name says. */
function readBand(text: string): { from: number; to?: number } | undefined {
  const spaced = text.replaceAll(/(\d)\s*\+/g, '$1 plus');
  const words = plain(spaced.replace('<', ' under ').replace(/[≥>]/, ' over '));
  const numbers = [...words.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const [first, second] = numbers;
  if (first === undefined || numbers.length > 2) return undefined;
  const inYears = (age: number) => (MONTHS.test(words) ? Math.floor(age / 12) : age);
  if (second !== undefined) return { from: inYears(first), to: inYears(second) };
  if (/\b(under|less|moins|menos|menor|menores|below|inferieur)\b/.test(words)) {
    return { from: 0, to: inYears(first) - 1 };
  }
  if (/\b(plus|and over|over|older|more|mas|mais|et plus|mayor|mayores)\b/.test(words)) {
    return { from: inYears(first) };
  }
  return { from: inYears(first), to: inYears(first) };
}

/**
 * Reads age bands from the names of category options. They must follow each other without a gap
 * from 0 on.
 *
 * @returns undefined if they do not
 * @example
 * readAgeBands([{ name: '0-4 ans' }, { name: '5 ans et plus' }]); // boundaries [5], codes 0-4 and 5+
 */
export function readAgeBands(options: readonly Labelled[]): AgeBands | undefined {
  const bands: Band[] = [];
  const others: Labelled[] = [];
  for (const option of options) {
    const read = option.texts.map(readBand).find(band => band !== undefined);
    if (read) bands.push({ option, ...read });
    else others.push(option);
  }
  bands.sort((a, b) => a.from - b.from);
  const [first] = bands;
  if (!first || bands.length < 2 || first.from !== 0) return undefined;
  const isClosed = bands.every(({ to }, n) => {
    const next = bands[n + 1];
    return next ? to !== undefined && to + 1 === next.from : to === undefined || to >= 60;
  });
  if (!isClosed) return undefined;
  const codes = bands.map(({ option, from }, n) => {
    const next = bands[n + 1];
    return { code: next ? `${from}-${next.from - 1}` : `${from}+`, option };
  });
  const unknown = others.find(({ texts }) => texts.some(isUnknown));
  return {
    boundaries: bands.slice(1).map(({ from }) => from),
    codes: unknown ? [...codes, { code: 'UNKNOWN', option: unknown }] : codes,
    others: others.filter(option => option !== unknown),
  };
}

/** `Âge inconnu`: a part of the name is enough. */
function isUnknown(text: string): boolean {
  return meansUnknown(text) || plain(text).split(' ').some(meansUnknown);
}
