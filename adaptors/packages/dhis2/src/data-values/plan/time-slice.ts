/** A part of the report's time that is read with one request: periods by id, or those that begin within days. */
export type TimeSlice = { periods: string[] } | { startDate: string; endDate: string };
