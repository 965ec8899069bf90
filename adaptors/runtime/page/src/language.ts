import { en, type Texts } from './texts/en.js';
import { es } from './texts/es.js';
import { fr } from './texts/fr.js';
import { pt } from './texts/pt.js';

/** The languages of the page, by their own names. */
export const LANGUAGES = { en: 'English', fr: 'Français', pt: 'Português', es: 'Español' } as const;

export type LanguageCode = keyof typeof LANGUAGES;

const TEXTS: Record<LanguageCode, Texts> = { en, fr, pt, es };

/** Texts of a language, and how it writes numbers and times. */
export interface Language {
  code: LanguageCode;
  texts: Texts;
  number(value: number): string;
  /** A share from 0 to 1, rounded down: 100 % means all. */
  percent(share: number): string;
  /** ISO 8601 → date and time of this machine. */
  time(iso: string): string;
  seconds(value: number): string;
}

/** The first language of the browser that the page has. */
export function chooseLanguage(wanted: readonly string[]): LanguageCode {
  const known = wanted.map(tag => tag.slice(0, 2).toLowerCase());
  return known.find((code): code is LanguageCode => code in LANGUAGES) ?? 'en';
}

/** A browser's own variant of a language writes numbers as its user is used to: `fr-CD`, `pt-BR`. */
export function createLanguage(code: LanguageCode, wanted: readonly string[]): Language {
  const locale = wanted.find(tag => tag.toLowerCase().startsWith(code)) ?? code;
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent' });
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const seconds = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'second',
    maximumFractionDigits: 1,
  });
  return {
    code,
    texts: TEXTS[code],
    number: value => numbers.format(value),
    percent: share => percents.format(Math.floor(share * 100 + 1e-9) / 100),
    time: iso => times.format(new Date(iso)),
    seconds: value => seconds.format(value),
  };
}

/** Puts values into a text: `fill('{n} rows', { n: 3 })`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
