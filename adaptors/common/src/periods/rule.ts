/** The bounds of a period and its id; days are numbers since 1970-01-01. */
export interface Span {
  id: string;
  start: number;
  /** Last day; it belongs to the period. */
  end: number;
}

/** How DHIS2 versions differ in reading ids (dhis2 FACTS §2). */
export interface ParserDialect {
  /** The minor version: 43 for 2.43. */
  minor: number;
  /**
   * A week 53 that the year does not have: `refused`, or `carried-over` into week 1 of the next
   * year. A parser that carries over decides by ISO weeks whether a year can have week 53, also for
   * weeks that begin on another day. So it refuses some weeks that exist.
   */
  week53: 'refused' | 'carried-over';
}

/** Everything that one period type does. The rest of this folder is the same for every type. */
export interface PeriodRule {
  /** First DHIS2 version with this type; absent when every supported version has it. */
  since?: `2.${number}`;
  /** What the server's parser accepts after the four digits of the year; `#` is a digit. */
  shapes: readonly string[];
  /** The period that the server gives for a day. */
  spanAt(day: number): Span;
  /**
   * First day of the period that an id names.
   * @param number the digits after the year, 0 when there are none
   * @returns undefined when the server refuses the number
   */
  startOf(year: number, number: number, dialect: ParserDialect): number | undefined;
}
