import { barY, dot, ruleY, text } from '@observablehq/plot';
import type { ComparedElement } from '#common/reporting/comparison.js';
import { COLOURS, countAxis, legend, picture, someTicks } from '../chart.js';
import type { PageData } from '../data.js';
import { element, section } from '../dom.js';
import { fill, type Language } from '../language.js';
import { table } from '../table.js';
import { choice } from './choice.js';

const COUNTED = '#7fb2d6';
const STORED = COLOURS[1]!;

/** Each data element as counted, and as DHIS2 has it. */
export function comparisonSections(
  { report }: PageData,
  language: Language,
  chosen: Map<string, string>,
): HTMLElement[] {
  const elements = report.figures?.comparison?.elements ?? [];
  if (elements.length === 0) return [];
  const { texts } = language;
  const different = (one: ComparedElement) =>
    one.counted.filter((count, at) => count !== one.stored[at]).length;
  const options = elements.map((one, index) => ({
    value: String(index),
    text: `${one.name}${different(one) > 0 ? ' ≠' : ''}`,
  }));
  return [
    section(
      'comparison',
      texts.comparison,
      element('p', {}, report.dryRun ? texts.comparisonDry : texts.comparisonNote),
      choice('element', texts.dataElement, options, chosen, value => {
        const one = elements[Number(value)]!;
        const count = different(one);
        return [
          element(
            'p',
            { class: count > 0 ? 'differs' : '' },
            count > 0 ? fill(texts.differs, { n: language.number(count) }) : texts.same,
          ),
          ...compare(one, language),
        ];
      }),
    ),
  ];
}

function compare({ name, periods, counted, stored }: ComparedElement, language: Language) {
  const { texts } = language;
  const rows = periods.map((period, at) => ({
    period,
    counted: counted[at]!,
    stored: stored[at]!,
    top: Math.max(counted[at]!, stored[at]!),
  }));
  const title = `${name}${texts.colon}${texts.comparison}`;
  const svg = picture(title, {
    height: 280,
    marginBottom: 60,
    marginLeft: 55,
    marginTop: 25,
    x: { type: 'band', domain: periods, ticks: someTicks(periods), tickRotate: -40, label: null },
    y: countAxis(language, Math.max(0, ...rows.map(({ top }) => top))),
    marks: [
      barY(rows, { x: 'period', y: 'counted', fill: COUNTED }),
      dot(rows, { x: 'period', y: 'stored', fill: STORED, r: 3.5 }),
      text(
        rows.filter(row => row.counted !== row.stored),
        { x: 'period', y: 'top', text: () => '≠', dy: -11, fontSize: 14, fontWeight: 'bold' },
      ),
      ruleY([0]),
    ],
  });
  const marks = [
    { colour: COUNTED, text: texts.counted },
    { colour: STORED, text: texts.inDhis2 },
  ];
  const cells = rows.map(row => [
    row.period,
    row.counted,
    row.stored,
    row.counted === row.stored ? '' : `≠ ${language.number(row.stored - row.counted)}`,
  ]);
  const heads = [texts.period, texts.counted, texts.inDhis2, texts.difference];
  return [
    element('figure', {}, svg, legend(marks)),
    element(
      'details',
      {},
      element('summary', {}, texts.table),
      table(language, title, heads, cells),
    ),
  ];
}
