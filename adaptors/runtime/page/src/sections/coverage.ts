import { shareOf, toCauses } from '#common/reporting/coverage.js';
import type { Coverage, LeftOut } from '#common/reporting/report.js';
import { totalsOf } from '#runtime/record/totals.js';
import { COLOURS, GREY } from '../chart.js';
import { codeName, countCodes } from '../code-name.js';
import type { PageData } from '../data.js';
import { element, section } from '../dom.js';
import { fill, type Language } from '../language.js';
import { type Cell, table } from '../table.js';
import { barFigure } from './bars.js';

/** Subjects that a cell names at first. */
const MAX_SUBJECTS = 20;

const REACHED = COLOURS[0]!;
const OMITTED = COLOURS[1]!;
const REJECTED = '#a3182c';

type Report = PageData['report'];

/** How much of the source arrives, and why the rest does not. */
export function coverageSections({ report, changes }: PageData, language: Language): HTMLElement[] {
  const steps = Object.values(report.report);
  const subjects = steps.flatMap(({ leftOut = [] }) => leftOut);
  const told = steps.flatMap(({ coverage }) => (coverage ? [coverage] : []));
  const all = told.length > 0 ? told : ofRecords(report, subjects);
  const isCounted = changes?.columns.includes('data element');
  return all.map((one, index) => {
    const rejected = rejectedOf(one) ?? (index === 0 ? countCodes(report) : []);
    const [line, ...rest] = show(one, rejected, subjects, language);
    const { coverage, severalValues } = language.texts;
    const note = isCounted && element('p', { class: 'note' }, severalValues);
    return section(`coverage${index || ''}`, coverage, line, note, ...rest);
  });
}

/** People by the code of their rejection. */
function rejectedOf({ rejected }: Coverage): [code: string, count: number][] | undefined {
  return rejected?.map(({ reason, count }) => [reason, count]);
}

/** Of a run that tells none: the records that the target has now, or had already. */
function ofRecords(report: Report, subjects: readonly LeftOut[]): Coverage[] {
  const { created, updated, rejected } = totalsOf(report);
  const steps = Object.values(report.report);
  const unchanged = steps.reduce((sum, step) => sum + (step.unchanged ?? 0), 0);
  const reached = created + updated + unchanged;
  if (reached + rejected + subjects.length === 0) return [];
  return [
    {
      ...{ things: 'records', verb: '', reached, expected: reached + rejected },
      ...{ omitted: toCauses(subjects), onPurpose: [] },
    },
  ];
}

function show(
  coverage: Coverage,
  rejected: readonly [code: string, count: number][],
  subjects: readonly LeftOut[],
  language: Language,
): HTMLElement[] {
  const { texts, number, percent } = language;
  const line = fill(texts.coverageLine, {
    reached: number(coverage.reached),
    expected: number(coverage.expected),
    share: percent(shareOf(coverage)),
    things: texts.things[coverage.things] ?? coverage.things,
  });
  const left = (rows: readonly LeftOut[], colour: string) =>
    rows.map(row => ({ label: nameOf(row, language), count: row.count, colour }));
  const bars = [
    { label: texts.reached, count: coverage.reached, colour: REACHED },
    ...rejected.map(([code, count]) => ({
      label: texts.codes[code]?.[0] ?? code,
      count,
      colour: REJECTED,
    })),
    ...left(coverage.omitted, OMITTED),
    ...left(coverage.onPurpose, GREY),
  ];
  const colours = [
    { colour: REACHED, text: texts.reached },
    { colour: REJECTED, text: texts.rejected },
    { colour: OMITTED, text: texts.omitted },
    { colour: GREY, text: texts.onPurpose },
  ];
  if (bars.length === 1) return [element('p', {}, line)];
  return [
    element('p', {}, line),
    barFigure(line, bars, colours, language),
    reasonTable(coverage, rejected, subjects, language),
  ];
}

function reasonTable(
  { reached, omitted, onPurpose }: Coverage,
  rejected: readonly [code: string, count: number][],
  subjects: readonly LeftOut[],
  language: Language,
): HTMLElement {
  const { texts } = language;
  const toRow = (row: LeftOut, note: string): Cell[] => [
    `${reasonOf(row, language)}${note}`,
    row.count,
    texts.reasons[row.reason]?.[1] ?? null,
    listSubjects(row, subjects, language),
  ];
  return table(
    language,
    texts.coverage,
    [texts.reason, texts.number, texts.fix, texts.ids],
    [
      [texts.reached, reached, null, null],
      ...rejected.map(([code, count]): Cell[] => [
        `${codeName(code, language)} (${texts.rejected})`,
        count,
        texts.codes[code]?.[1] ?? null,
        element('a', { href: code === 'CONFLICT' ? '#conflicts' : '#rejected' }, texts.rejected),
      ]),
      ...omitted.map(row => toRow(row, '')),
      ...onPurpose.map(row => toRow(row, ` (${texts.onPurpose})`)),
    ],
  );
}

/** The reason, and the code that it concerns: a code alone says nothing to whoever reads it first. */
function reasonOf({ reason, subject }: LeftOut, { texts }: Language): string {
  const name = texts.reasons[reason]?.[0] ?? reason;
  return subject ? `${name}${texts.colon}${subject}` : name;
}

function nameOf({ reason, subject }: LeftOut, { texts }: Language): string {
  return subject || (texts.reasons[reason]?.[0] ?? reason);
}

/** The places and codes of a reason; after the first ones, the rest folded away. */
function listSubjects(
  row: LeftOut,
  subjects: readonly LeftOut[],
  { texts, number }: Language,
): Cell {
  const own = subjects
    .filter(({ reason, subject }) => reason === row.reason && subject !== '')
    .map(one => `${one.subject} (${number(one.count)})`);
  // A code alone is the name of its row.
  if (own.length === 0 || row.subject !== '') return null;
  const first = own.slice(0, MAX_SUBJECTS).join(', ');
  const rest = own.slice(MAX_SUBJECTS);
  if (rest.length === 0) return first;
  const more = fill(texts.moreIds, { n: number(rest.length) });
  return element(
    'div',
    {},
    first,
    element('details', {}, element('summary', {}, more), rest.join(', ')),
  );
}
