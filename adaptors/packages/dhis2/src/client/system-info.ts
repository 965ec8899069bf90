import { configurationError } from '#common/reporting/errors.js';

/** What the adaptor needs to know of a server. */
export interface SystemInfo {
  /** As the server says it, `2.42.1`. */
  version: string;
  /** The number behind "2.": 42. */
  minor: number;
  /** `iso8601`, or what the country has set. */
  calendar: string;
  /** The server's own day, `yyyy-MM-dd`: periods open and close by it. */
  today: string;
}

/**
 * Reads `/api/system/info` (dhis2 FACTS §5).
 *
 * @throws IntegrationError `NOT_DHIS2` (configuration)
 */
export function readSystemInfo(body: unknown): SystemInfo {
  const { version, calendar, serverDate } = (body ?? {}) as Record<string, unknown>;
  const minor = /^2\.(\d+)/.exec(String(version ?? ''))?.[1];
  if (!minor) {
    throw configurationError(
      'NOT_DHIS2',
      'What answers at hostUrl does not say which DHIS2 it is.',
      {
        fix: 'Check hostUrl in the credential.',
      },
    );
  }
  return {
    version: String(version),
    minor: Number(minor),
    calendar: typeof calendar === 'string' ? calendar : 'iso8601',
    today: (typeof serverDate === 'string' ? serverDate : new Date().toISOString()).slice(0, 10),
  };
}
