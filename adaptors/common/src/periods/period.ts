/** Every period type of DHIS2 2.38 to 2.44, in the order of the server's list (dhis2 FACTS §2). */
export const PERIOD_TYPES = [
  'Daily',
  'Weekly',
  'WeeklyWednesday',
  'WeeklyThursday',
  'WeeklyFriday',
  'WeeklySaturday',
  'WeeklySunday',
  'BiWeekly',
  'Monthly',
  'BiMonthly',
  'Quarterly',
  'QuarterlyNov',
  'SixMonthly',
  'SixMonthlyApril',
  'SixMonthlyNov',
  'Yearly',
  'FinancialFeb',
  'FinancialApril',
  'FinancialJuly',
  'FinancialAug',
  'FinancialSep',
  'FinancialOct',
  'FinancialNov',
] as const;

/** Name of a period type, as `/api/periodTypes` and a data set's `periodType` write it. */
export type PeriodType = (typeof PERIOD_TYPES)[number];

/** A period as the server describes it, in the ISO 8601 calendar. */
export interface Period {
  /** Canonical id, as the server writes it: `2020W1`, never `2020W01`. */
  id: string;
  type: PeriodType;
  /** First day, `yyyy-MM-dd`. */
  startDate: string;
  /** Last day, `yyyy-MM-dd`; it belongs to the period. */
  endDate: string;
}
