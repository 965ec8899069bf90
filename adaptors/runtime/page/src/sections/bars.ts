import { barX, ruleX, text } from '@observablehq/plot';
import { legend, picture } from '../chart.js';
import { element } from '../dom.js';
import type { Language } from '../language.js';

/** A number with what it counts. */
export interface Bar {
  label: string;
  count: number;
  colour: string;
}

/** Longest label that has room beside its bar. */
const MAX_LABEL = 46;

/** Numbers as bars, each with its label before it and its number behind it. */
export function barFigure(
  title: string,
  bars: readonly Bar[],
  colours: readonly { colour: string; text: string }[],
  { number }: Language,
): HTMLElement {
  const rows = bars.map((bar, at) => ({ ...bar, at }));
  const svg = picture(title, {
    height: 30 * rows.length + 20,
    marginLeft: 320,
    marginRight: 60,
    x: { axis: null },
    y: {
      label: null,
      domain: rows.map(({ at }) => at),
      tickFormat: (at: number) => shorten(rows[at]!.label),
      tickSize: 0,
    },
    marks: [
      barX(rows, { x: 'count', y: 'at', fill: 'colour' }),
      text(rows, {
        x: 'count',
        y: 'at',
        text: (row: Bar) => number(row.count),
        textAnchor: 'start',
        dx: 5,
      }),
      ruleX([0]),
    ],
  });
  const used = colours.filter(({ colour }) => rows.some(row => row.colour === colour));
  return element('figure', {}, svg, legend(used));
}

function shorten(label: string): string {
  return label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label;
}
