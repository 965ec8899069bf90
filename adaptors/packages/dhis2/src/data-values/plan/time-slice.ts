/**
 * A part of the report's time to read in one request: periods by id, or those that begin within a
 * range of days.
 */
export type TimeSlice = { periods: string[] } | { startDate: string; endDate: string };
