import { barX, ruleX, text } from '@observablehq/plot';
import { shareOf } from '#common/reporting/coverage.js';
import type { Coverage, LeftOut } from '#common/reporting/report.js';
import { COLOURS, GREY, legend, picture } from '../chart.js';
import type { PageData } from '../data.js';
import { element, section } from '../dom.js';
import { fill, type Language } from '../language.js';
import { table } from '../table.js';

/** Subjects that a cell names. */
const MAX_SUBJECTS = 20;

/** How much of the source arrives, and why the rest does not. */
export function coverageSections({ report }: PageData, language: Language): HTMLElement[] {
  const subjects = Object.values(report.report).flatMap(({ leftOut = [] }) => leftOut);
  const all = Object.values(report.report).flatMap(({ coverage }) => (coverage ? [coverage] : []));
  if (all.length === 0) return subjects.length > 0 ? [leftOutSection(subjects, language)] : [];
  return all.map((one, index) =>
    coverageSection(`coverage${index || ''}`, one, subjects, language),
  );
}

function coverageSection(
  id: string,
  coverage: Coverage,
  subjects: readonly LeftOut[],
  language: Language,
): HTMLElement {
  const { texts, number, percent } = language;
  const things = texts.things[coverage.things] ?? coverage.things;
  const line = fill(texts.coverageLine, {
    reached: number(coverage.reached),
    expected: number(coverage.expected),
    share: percent(shareOf(coverage)),
    things,
  });
  const rows = [
    { label: texts.reached, count: coverage.reached, colour: COLOURS[0]! },
    ...coverage.omitted.map(row => ({ ...row, label: nameOf(row, language), colour: COLOURS[1]! })),
    ...coverage.onPurpose.map(row => ({
      ...row,
      label: nameOf(row, language),
      colour: GREY,
    })),
  ];
  const bars = picture(line, {
    height: 30 * rows.length + 20,
    marginLeft: 290,
    marginRight: 60,
    x: { axis: null },
    y: { label: null, domain: rows.map(({ label }) => label), tickSize: 0 },
    marks: [
      barX(rows, { x: 'count', y: 'label', fill: 'colour' }),
      text(rows, {
        x: 'count',
        y: 'label',
        text: (row: { count: number }) => number(row.count),
        textAnchor: 'start',
        dx: 5,
      }),
      ruleX([0]),
    ],
  });
  return section(
    id,
    texts.coverage,
    element('p', {}, line),
    element('figure', {}, bars, legend(colours(language))),
    reasonTable(coverage, subjects, language),
  );
}

function colours({ texts }: Language) {
  return [
    { colour: COLOURS[0]!, text: texts.reached },
    { colour: COLOURS[1]!, text: texts.omitted },
    { colour: GREY, text: texts.onPurpose },
  ];
}

/** Without a coverage, what was left out. */
function leftOutSection(subjects: readonly LeftOut[], language: Language): HTMLElement {
  const sums = new Map<string, LeftOut>();
  for (const row of subjects) {
    const before = sums.get(row.reason)?.count ?? 0;
    sums.set(row.reason, { reason: row.reason, subject: '', count: before + row.count });
  }
  const rows = [...sums.values()];
  return section(
    'coverage',
    language.texts.coverage,
    reasonTable({ omitted: rows, onPurpose: [] }, subjects, language),
  );
}

function reasonTable(
  { omitted, onPurpose }: Pick<Coverage, 'omitted' | 'onPurpose'>,
  subjects: readonly LeftOut[],
  language: Language,
): HTMLElement {
  const { texts } = language;
  const rows = [...omitted, ...onPurpose];
  return table(
    language,
    texts.coverage,
    [texts.reason, texts.number, texts.fix, texts.ids],
    rows.map(row => [
      onPurpose.includes(row)
        ? `${nameOf(row, language)} (${texts.onPurpose})`
        : nameOf(row, language),
      row.count,
      texts.reasons[row.reason]?.[1] ?? null,
      listSubjects(row, subjects, language),
    ]),
  );
}

function nameOf({ reason, subject }: LeftOut, { texts }: Language): string {
  return subject || (texts.reasons[reason]?.[0] ?? reason);
}

function listSubjects(row: LeftOut, subjects: readonly LeftOut[], { number }: Language): string {
  const own = subjects.filter(
    ({ reason, subject }) =>
      reason === row.reason && subject !== '' && (row.subject === '' || subject === row.subject),
  );
  const shown = own.slice(0, MAX_SUBJECTS).map(one => `${one.subject} (${number(one.count)})`);
  return own.length > MAX_SUBJECTS ? `${shown.join(', ')}, …` : shown.join(', ');
}
