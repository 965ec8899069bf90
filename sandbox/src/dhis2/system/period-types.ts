import { PERIOD_TYPES, type PeriodType, periodTypeSince } from '#common/periods/index.js';
import type { Dialect } from '../versions/dialect.js';

/** Length of a period type, its place in the order of frequency, the form of its ids. */
type Description = readonly [
  name: RegExp,
  isoDuration: string,
  frequencyOrder: number,
  format: string,
];

/** By the start of the name; the rest of the name replaces `*` in the form (recording 039). */
const DESCRIPTIONS: readonly Description[] = [
  [/^Daily()/, 'P1D', 1, 'yyyyMMdd'],
  [/^Weekly(...)?/, 'P7D', 7, 'yyyy*Wn'],
  [/^BiWeekly()/, 'P14D', 14, 'yyyyBiWn'],
  [/^Monthly()/, 'P1M', 30, 'yyyyMM'],
  [/^BiMonthly()/, 'P2M', 61, 'yyyyMMB'],
  [/^Quarterly(.*)/, 'P3M', 91, 'yyyy*Qn'],
  [/^SixMonthly(.*)/, 'P6M', 182, 'yyyy*Sn'],
  [/^(?:Yearly|Financial)(.*)/, 'P1Y', 365, 'yyyy*'],
];

/** Names without a text of their own: the server prints the name. */
const UNNAMED: readonly string[] = ['FinancialSep', 'WeeklyFriday'];

const STARTS = { Bi: 'Bi-', Six: 'Six-' } as const;
const MONTHS = { Feb: 'February', Aug: 'August', Oct: 'October', Nov: 'November' } as const;

/** The period types of a version, as `GET /api/periodTypes` lists them. */
export function describePeriodTypes({ minor, namesPeriodTypes }: Dialect): object[] {
  const known = PERIOD_TYPES.filter(type => minorOf(periodTypeSince(type)) <= minor);
  const described = known.map(name => {
    const [pattern, isoDuration, frequencyOrder, format] = DESCRIPTIONS.find(([one]) =>
      one.test(name),
    )!;
    const isoFormat = format.replace('*', pattern.exec(name)?.[1] ?? '');
    const displayName = namesPeriodTypes ? { displayName: displayNameOf(name) } : {};
    return { name, ...displayName, isoDuration, isoFormat, frequencyOrder };
  });
  if (!namesPeriodTypes) return described;
  return described.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function displayNameOf(name: PeriodType): string {
  if (UNNAMED.includes(name)) return name;
  const [first = '', ...rest] = name.split(/(?=[A-Z])/);
  const [next = ''] = rest;
  if (first in STARTS) {
    const start = `${STARTS[first as keyof typeof STARTS]}${next.toLowerCase()}`;
    return [start, ...rest.slice(1).map(monthOf)].join(' ');
  }
  return [first, ...rest.map(monthOf)].join(' ');
}

function monthOf(word: string): string {
  return word in MONTHS ? MONTHS[word as keyof typeof MONTHS] : word;
}

function minorOf(since: string | undefined): number {
  return Number(since?.split('.')[1] ?? 0);
}
