import { configurationError } from '../reporting/errors.js';
import { biWeekly } from './bi-weekly.js';
import { daily } from './daily.js';
import { months } from './months.js';
import { PERIOD_TYPES, type PeriodType } from './period.js';
import type { PeriodRule } from './rule.js';
import { weekly } from './weekly.js';

/**
 * Every period type, with ids, bounds and versions as the server's own classes have them (dhis2
 * FACTS §2). The number of a weekly type is its first day, Monday 0 to Sunday 6.
 */
export const RULES: Readonly<Record<PeriodType, PeriodRule>> = {
  Daily: daily,
  Weekly: weekly('W', 0),
  WeeklyWednesday: weekly('WedW', 2),
  WeeklyThursday: weekly('ThuW', 3),
  WeeklyFriday: weekly('FriW', 4, '2.43'),
  WeeklySaturday: weekly('SatW', 5),
  WeeklySunday: weekly('SunW', 6),
  BiWeekly: biWeekly,
  Monthly: months({ months: 1, digits: 2, alsoShapes: ['-##'] }),
  BiMonthly: months({ months: 2, digits: 2, suffix: 'B' }),
  Quarterly: months({ months: 3, digits: 1, infix: 'Q' }),
  QuarterlyNov: months({ months: 3, digits: 1, infix: 'NovQ', begins: -2 }),
  SixMonthly: months({ months: 6, digits: 1, infix: 'S' }),
  SixMonthlyApril: months({ months: 6, digits: 1, infix: 'AprilS', begins: 3 }),
  SixMonthlyNov: months({ months: 6, digits: 1, infix: 'NovS', begins: -2 }),
  Yearly: months({ months: 12, digits: 0 }),
  FinancialFeb: months({ months: 12, digits: 0, infix: 'Feb', begins: 1, since: '2.43' }),
  FinancialApril: months({ months: 12, digits: 0, infix: 'April', begins: 3 }),
  FinancialJuly: months({ months: 12, digits: 0, infix: 'July', begins: 6 }),
  FinancialAug: months({ months: 12, digits: 0, infix: 'Aug', begins: 7, since: '2.43' }),
  FinancialSep: months({ months: 12, digits: 0, infix: 'Sep', begins: 8, since: '2.42' }),
  FinancialOct: months({ months: 12, digits: 0, infix: 'Oct', begins: 9 }),
  FinancialNov: months({ months: 12, digits: 0, infix: 'Nov', begins: -2 }),
};

/**
 * Whether DHIS2 has a period type of this name; names are case-sensitive.
 *
 * @example
 * isPeriodType('weekly'); // false
 */
export function isPeriodType(name: unknown): name is PeriodType {
  return typeof name === 'string' && Object.hasOwn(RULES, name);
}

/**
 * First DHIS2 version that has a period type.
 *
 * @returns `2.42` or `2.43`; undefined when every supported version has it
 * @throws IntegrationError `UNKNOWN_PERIOD_TYPE` (configuration)
 */
export function periodTypeSince(type: PeriodType): string | undefined {
  return ruleOf(type).since;
}

/**
 * The rule of a type; the check is for jobs, which are not compiled against these types.
 * @throws IntegrationError `UNKNOWN_PERIOD_TYPE` (configuration)
 */
export function ruleOf(type: PeriodType): PeriodRule {
  if (isPeriodType(type)) return RULES[type];
  throw configurationError('UNKNOWN_PERIOD_TYPE', `${JSON.stringify(type)} is not a period type.`, {
    fix: `DHIS2 has ${PERIOD_TYPES.join(', ')}.`,
  });
}
