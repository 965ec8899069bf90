/** How Go.Data versions differ, as far as this sandbox serves it. */
export interface Dialect {
  /** As configured, for example `2.50.3`. */
  version: string;
  /** `dbUpdatedAt` is kept and answered since 2.47 (godata FACTS §3). */
  hasDbUpdatedAt: boolean;
  /**
   * Fields by model whose presence the server validates. Since 2.49 only the user interface does
   * (FACTS §4).
   */
  requiredFields: Readonly<Record<string, readonly string[]>>;
  /** `/oauth/token` exists, and a login ends the user's other sessions, since 2.36 (FACTS §1). */
  hasOauthAndOneToken: boolean;
  /** Masks with a default, one by one since 2.36 and 2.47 (FACTS §4). */
  defaultMasks: Readonly<Record<string, string>>;
  /** Since 2.49 an import of locations checks the whole file before it writes (FACTS §6). */
  importChecksFirst: boolean;
  /** Since 2.48 contacts can become contacts of contacts, and the other way round (FACTS §2.2). */
  convertsContactsOfContacts: boolean;
  /** Since 2.49 cases and contacts of contacts have follow-ups of their own (FACTS §2.4). */
  followsUpAll: boolean;
  /** Since 2.50.3 `/system-settings/version` requires the header `api-key` (r025). */
  versionNeedsApiKey: boolean;
}

const CONTACT_FIELDS = ['firstName', 'dateOfReporting'];

const REQUIRED_UP_TO_2_48 = {
  case: ['firstName', 'classification', 'dateOfReporting'],
  contact: CONTACT_FIELDS,
  contactOfContact: CONTACT_FIELDS,
  event: ['name', 'dateOfReporting'],
  relationship: ['contactDate', 'certaintyLevelId'],
  labResult: ['dateSampleTaken'],
  followUp: ['date', 'targeted'],
};

/**
 * The dialect of a version.
 *
 * @param version `2.34` to `2.50`, with or without a patch number (none: the last patch)
 * @throws RangeError for any other version
 * @example
 * dialectFor('2.47').requiredFields.case; // ['firstName', 'classification', 'dateOfReporting']
 */
export function dialectFor(version: string): Dialect {
  const match = /^2\.(\d+)(?:\.(\d+))?$/.exec(version);
  const minor = Number(match?.[1]);
  const patch = match?.[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]);
  if (!match || minor < 34 || minor > 50) {
    throw new RangeError(`Go.Data version "${version}" is not one of 2.34 to 2.50.`);
  }
  return {
    version,
    hasDbUpdatedAt: minor >= 47,
    requiredFields: minor >= 49 ? {} : REQUIRED_UP_TO_2_48,
    hasOauthAndOneToken: minor >= 36,
    defaultMasks: {
      caseIdMask: 'CA-9999999999',
      contactIdMask: 'CO-9999999999',
      ...(minor >= 36 ? { contactOfContactIdMask: 'CC-9999999999' } : {}),
      ...(minor >= 47 ? { eventIdMask: 'EV-9999999999' } : {}),
    },
    importChecksFirst: minor >= 49,
    convertsContactsOfContacts: minor >= 48,
    followsUpAll: minor >= 49,
    versionNeedsApiKey: minor === 50 && patch >= 3,
  };
}
