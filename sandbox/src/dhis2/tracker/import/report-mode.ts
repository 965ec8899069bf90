export const REPORT_MODES = ['FULL', 'ERRORS', 'WARNINGS'] as const;

export type ReportMode = (typeof REPORT_MODES)[number];
