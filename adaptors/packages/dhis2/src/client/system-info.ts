import { configurationError } from '#common/reporting/errors.js';

/** Properties of a server that the adaptor uses. */
export interface SystemInfo {
  /** Version as the server reports it, `2.42.1`. */
  version: string;
  /** The number after "2.": 42. */
  minor: number;
  /** `iso8601`, or another calendar that the country has set. */
  calendar: string;
  /** The server's current date, `yyyy-MM-dd`. It decides which periods are open. */
  today: string;
  /** The server's present, in its local time without a zone, as its other times are. */
  present?: string;
  /** Id of the installation. 2.44 does not tell it, nor do others to every account (FACTS §5). */
  systemId?: string;
}

/**
 * Reads `/api/system/info` (dhis2 FACTS §5).
 *
 * @throws IntegrationError `NOT_DHIS2` (configuration)
 */
export function readSystemInfo(body: unknown): SystemInfo {
  const { version, calendar, serverDate, systemId } = (body ?? {}) as Record<string, unknown>;
  const minor = /^2\.(\d+)/.exec(String(version ?? ''))?.[1];
  if (!minor) {
    throw configurationError(
      'NOT_DHIS2',
      'The server at hostUrl does not report a DHIS2 version (GET /api/system/info).',
      {
        fix: 'Check that hostUrl in the credential is the address of DHIS2.',
      },
    );
  }
  return {
    version: String(version),
    minor: Number(minor),
    calendar: typeof calendar === 'string' ? calendar : 'iso8601',
    today: (typeof serverDate === 'string' ? serverDate : new Date().toISOString()).slice(0, 10),
    ...(typeof serverDate === 'string' ? { present: serverDate.slice(0, 23) } : {}),
    ...(typeof systemId === 'string' && systemId !== '' ? { systemId } : {}),
  };
}
