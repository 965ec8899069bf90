import { blocksIn, commandsOf, inlineCommandsIn, linksIn, proseOf, rowsIn } from './pages.js';

/** What a text consists of, apart from its words: a translation has the same. */
export interface Part {
  commands: string[];
  /** Commands in sentences, sorted: another language may have another order. */
  inline: string[];
  headings: number;
  /** Without those to set-ups, which only another language has on one page. */
  links: string[];
  steps: number;
  points: number;
  /** Cells of each row of its tables. */
  rows: number[];
}

/** The sections of a page, by its headings of the second level; the first is what stands before. */
export const sectionsOf = (text: string): string[] => text.split(/^(?=## )/m);

/** @param text a page, or a part of one */
export function partOf(text: string): Part {
  const prose = proseOf(text);
  const count = (pattern: RegExp) => prose.match(pattern)?.length ?? 0;
  return {
    commands: blocksIn(text).flatMap(commandsOf),
    inline: inlineCommandsIn(text).sort(),
    headings: count(/^#+ /gm),
    links: linksIn(text).filter(link => !link.includes('set-up.')),
    steps: count(/^\d+\. /gm),
    points: count(/^- /gm),
    rows: rowsIn(text).map(cells => cells.length),
  };
}
