import { isDay } from '#common/periods/index.js';
import type { Adjusted } from '#common/reporting/report.js';
import type { RawOrgUnit } from '../to-org-unit.js';

/**
 * Takes the dates that are no days from an org unit of a file: a spreadsheet writes `31/12/2025`, or
 * a number.
 *
 * @param note called for each of them
 * @returns the org unit itself, if its dates are days
 */
export function withDays(unit: RawOrgUnit, note: (adjusted: Adjusted) => void): RawOrgUnit {
  const broken = (['openingDate', 'closedDate'] as const).filter(key => !isDate(unit[key]));
  if (broken.length === 0) return unit;
  const message = `It is used without ${broken.join(' and ')}: no day such as 2025-12-31.`;
  note({ kind: 'org unit', id: unit.id, code: 'BROKEN_DATE', message });
  return { ...unit, ...Object.fromEntries(broken.map(key => [key, null])) };
}

/** Nothing, or a text that begins with a day. */
function isDate(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'string' && isDay(value.slice(0, 10));
}
