import { configurationError } from '../reporting/errors.js';
import { PERIOD_TYPES, type Period, type PeriodType } from './period.js';
import { periodAt } from './period-of.js';
import type { ParserDialect } from './rule.js';
import { RULES } from './rules.js';

export interface ParsePeriodOptions {
  /**
   * Version of the server that will read the id, as `/api/system/info` gives it: `2.40.3`.
   * @default the newest
   */
  serverVersion?: string;
}

/** Four digits of a year, then what identifies the type and the number. */
const ID = /^(\d{4})([A-Za-z\d-]*)$/;

const NEWEST: ParserDialect = { minor: Number.POSITIVE_INFINITY, week53: 'refused' };

const TYPE_BY_SHAPE: ReadonlyMap<string, PeriodType> = new Map(
  PERIOD_TYPES.flatMap(type => RULES[type].shapes.map(shape => [shape, type] as const)),
);

/**
 * Reads a period id as the server does: `2020W01` is 2020W1; `2020-W01`, `2020w1`, relative periods
 * and ranges are refused. BiWeekly `2021BiW27` becomes 2022BiW1, on every version (dhis2 FACTS §2).
 *
 * @returns the period with its canonical id, or undefined when the server refuses the text
 * @throws IntegrationError `INVALID_VERSION` (configuration)
 * @example
 * parsePeriod('2021W53'); // undefined
 * parsePeriod('2021W53', { serverVersion: '2.38.4' })?.id; // 2022W1
 */
export function parsePeriod(
  id: string,
  { serverVersion }: ParsePeriodOptions = {},
): Period | undefined {
  const dialect = serverVersion === undefined ? NEWEST : dialectOf(serverVersion);
  const [, year, rest] = (typeof id === 'string' ? ID.exec(id) : null) ?? [];
  if (year === undefined || rest === undefined) return undefined;
  const type = TYPE_BY_SHAPE.get(rest.replace(/\d/g, '#'));
  if (type === undefined || !isKnown(type, dialect)) return undefined;
  const start = RULES[type].startOf(Number(year), Number(rest.replace(/\D/g, '')), dialect);
  return start === undefined ? undefined : periodAt(type, start);
}

function isKnown(type: PeriodType, { minor }: ParserDialect): boolean {
  const { since } = RULES[type];
  return since === undefined || minor >= minorOf(since);
}

/** 2.38 and 2.40 were executed (dhis2 FACTS §2); 2.39 is assumed to be like 2.38. */
function dialectOf(version: string): ParserDialect {
  const minor = minorOf(version);
  return { minor, week53: minor < 40 ? 'carried-over' : 'refused' };
}

function minorOf(version: string): number {
  const match = /^2\.(\d+)(?:[.-]|$)/.exec(version);
  if (match) return Number(match[1]);
  throw configurationError('INVALID_VERSION', `"${version}" is not a DHIS2 version.`, {
    fix: 'Give it as the server does in /api/system/info, for example 2.42.1.',
  });
}
