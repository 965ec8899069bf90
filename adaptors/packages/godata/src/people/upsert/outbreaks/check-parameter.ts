import { badOption } from '#common/operations/options.js';
import { utcDayNumber } from '#common/periods/index.js';

interface Kind {
  /** Matches the names of the fields. */
  of: RegExp;
  fits(value: unknown): boolean;
  expected: string;
}

/** The types of an outbreak's fields, by their names (godata FACTS §4). */
const KINDS: readonly Kind[] = [
  {
    of: /^(startDate|endDate)$/,
    fits: value => utcDayNumber(value) !== undefined,
    expected: 'a day, yyyy-MM-dd',
  },
  {
    of: /^(no[A-Z]|longPeriods|periodOf|frequencyOf)/,
    fits: value => Number.isFinite(value),
    expected: 'a number',
  },
  {
    of: /^(is[A-Z]|apply|check|allow|generateFollowUps(?!TeamAssignmentAlgorithm))/,
    fits: value => typeof value === 'boolean',
    expected: 'true or false',
  },
  { of: /Mask$/, fits: value => typeof value === 'string', expected: 'a text' },
];

/**
 * Checks a field of a new outbreak. Go.Data itself accepts any value and converts it: "2026"
 * becomes 1 January, 30 February becomes 1 March, "no" becomes true.
 *
 * @throws IntegrationError `BAD_OPTION` (configuration), naming the field
 */
export function checkParameter(key: string, value: unknown): void {
  const kind = KINDS.find(({ of }) => of.test(key));
  if (!kind || value === null || value === undefined || kind.fits(value)) return;
  throw badOption(`outbreak.parameters.${key}`, `must be ${kind.expected}`);
}
