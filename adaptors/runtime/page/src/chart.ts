import { type Markish, type PlotOptions, plot } from '@observablehq/plot';
import { element } from './dom.js';
import type { Language } from './language.js';

/** Colours that people who see no red or green can tell apart, each with contrast to white. */
export const COLOURS = [
  '#0067a5',
  '#d35400',
  '#1e8449',
  '#8e44ad',
  '#b7950b',
  '#117a8b',
  '#c2185b',
  '#5d4037',
];
/** For what has no code of its own. */
export const GREY = '#7b7b7b';

/** The names and colours below a picture. */
export function legend(entries: readonly { colour: string; text: string }[]): HTMLElement {
  const items = entries.map(({ colour, text }) => {
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = colour;
    return element('li', {}, swatch, text);
  });
  return element('ul', { class: 'legend' }, ...items);
}

/**
 * A picture as SVG. It says its title to a screen reader, and its numbers are in the table beside
 * it.
 */
export function picture(title: string, options: PlotOptions & { marks: Markish[] }): SVGElement {
  const svg = plot({ width: 760, ...options }) as unknown as SVGElement;
  // The page's own style sheet has these rules: its security policy admits no other one.
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const labelled of svg.querySelectorAll('[aria-label]')) {
    labelled.removeAttribute('aria-label');
  }
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', title);
  svg.classList.add('picture');
  return svg;
}

/** Of many ticks, those that fit. */
export function someTicks(all: readonly string[]): string[] {
  const step = Math.ceil(all.length / 12);
  return all.filter((_, index) => index % step === 0);
}

/** The axis of counts: whole numbers, written as the language does. */
export function countAxis(language: Language, most: number): NonNullable<PlotOptions['y']> {
  return {
    grid: true,
    label: null,
    ticks: Math.min(6, Math.max(1, most)),
    tickFormat: (value: number) => (Number.isInteger(value) ? language.number(value) : ''),
  };
}
