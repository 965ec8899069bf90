import { barY, ruleY } from '@observablehq/plot';
import type { Curve } from '#runtime/record/figures/curve.js';
import { COLOURS, countAxis, GREY, legend, picture, someTicks } from '../chart.js';
import type { PageData } from '../data.js';
import { element, section } from '../dom.js';
import { fill, type Language } from '../language.js';
import { table } from '../table.js';
import { choice } from './choice.js';

/** The counts of a code, period by period. */
interface Series {
  text: string;
  colour: string;
  counts: number[];
}

/** Codes of a dimension, the largest first; the smallest ones together if they are too many. */
function toSeries(codes: Record<string, number[]>, { texts }: Language): Series[] {
  const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
  const sorted = Object.entries(codes).sort(([, a], [, b]) => sum(b) - sum(a));
  const shown = sorted.slice(0, COLOURS.length);
  const rest = sorted.slice(COLOURS.length);
  const series = shown.map(([text, counts], index) => ({ text, colour: COLOURS[index]!, counts }));
  if (rest.length === 0) return series;
  const others = rest[0]![1].map((_, at) =>
    rest.reduce((total, [, counts]) => total + counts[at]!, 0),
  );
  return [...series, { text: texts.others, colour: GREY, counts: others }];
}

/** Counts as stacked bars, with their legend and their table. */
export function stackedBars(
  title: string,
  head: string,
  periods: readonly string[],
  codes: Record<string, number[]>,
  language: Language,
): (Node | string)[] {
  const { texts } = language;
  const series = toSeries(codes, language);
  const totals = periods.map((_, at) => series.reduce((sum, { counts }) => sum + counts[at]!, 0));
  const rows = series.flatMap(({ text, counts }, index) =>
    counts.flatMap((count, at) => (count > 0 ? [{ period: periods[at], count, text, index }] : [])),
  );
  const svg = picture(title, {
    height: 300,
    marginBottom: 60,
    marginLeft: 55,
    x: { type: 'band', domain: periods, ticks: someTicks(periods), tickRotate: -40, label: null },
    y: countAxis(language, Math.max(0, ...totals)),
    color: { domain: series.map(({ text }) => text), range: series.map(({ colour }) => colour) },
    marks: [barY(rows, { x: 'period', y: 'count', fill: 'text', order: 'index' }), ruleY([0])],
  });
  const cells = periods.map((period, at) => [
    period,
    ...series.map(({ counts }) => counts[at]!),
    totals[at]!,
  ]);
  return [
    element('figure', {}, svg, legend(series)),
    element(
      'details',
      {},
      element('summary', {}, texts.table),
      table(language, title, [head, ...series.map(({ text }) => text), 'Σ'], cells),
    ),
  ];
}

/** Cases by period, stacked by a dimension. */
export function curveSections(
  { report }: PageData,
  language: Language,
  chosen: Map<string, string>,
): HTMLElement[] {
  const curve: Curve | undefined = report.figures?.curve;
  if (!curve) return [];
  const { texts } = language;
  const nameOf = (dimension: string) => texts.dimensions[dimension] ?? dimension;
  const options = Object.keys(curve.dimensions).map(value => ({ value, text: nameOf(value) }));
  const things = texts.things[curve.things] ?? curve.things;
  return [
    section(
      'curve',
      `${texts.curve}${texts.colon}${things}`,
      element(
        'p',
        {},
        fill(texts.curveNote, { field: texts.dates[curve.dateField] ?? curve.dateField }),
      ),
      choice('dimension', texts.by, options, chosen, value =>
        stackedBars(
          `${texts.curve}${texts.colon}${things}, ${nameOf(value)}`,
          texts.period,
          curve.periods,
          curve.dimensions[value]!,
          language,
        ),
      ),
    ),
  ];
}
