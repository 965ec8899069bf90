import type { ApiAnswer, ApiRequest } from '#common/http/index.js';
import { IntegrationError, type IntegrationErrorFields } from '#common/reporting/errors.js';
import { idsIn } from '#common/reporting/server-text.js';
import { serverError } from '../client/server-error.js';
import { readWebMessage } from '../client/web-message.js';

interface Row extends Omit<IntegrationErrorFields, 'details'> {
  says: RegExp;
  /** The server's sentence repeats a value, so no id is taken from it. */
  isQuiet?: true;
}

const NO_PERMISSION: Row = {
  says: /not authorized|no (?:data read )?access|access denied/i,
  code: 'MISSING_PERMISSION',
  message: 'The account may not read tracked entities of the program',
  fix: 'Give the account data read sharing of the program, of its stages and of the tracked entity type.',
};

/** A sentence of DHIS2 that has nothing but a number of its own. */
const WITHOUT_VALUES = /At least \d+ attributes should be mentioned in the search criteria/;

/** Refusals of Tracker to read, and what the reader can do. The first match counts. */
const ROWS: readonly Row[] = [
  {
    says: /search scope/i,
    code: 'ORG_UNIT_OUT_OF_REACH',
    message: 'The account may not read what belongs to one of the org units',
    fix: "Name roots that lie within the account's search org units, or give it more of those in DHIS2.",
    kind: 'configuration',
  },
  {
    // DHIS2 says both only about searches beyond the data capture org units.
    says: /maxteicountreached|attributes should be mentioned/i,
    code: 'SEARCH_LIMITED',
    message: "The program limits searches beyond the account's data capture org units",
    fix: 'Name roots that lie within its data capture org units, give it more of those, or lift the limits in the program: tracked entities returned, attributes required to search.',
    kind: 'configuration',
  },
  {
    // The server's message names the attributes by their ids.
    says: /non-searchable attribute/i,
    code: 'SEARCH_LIMITED',
    message:
      "Beyond the account's data capture org units DHIS2 finds people by searchable attributes only",
    fix: 'Make the attributes of linkAttribute and findBy searchable in the program and in the tracked entity type, or give the account no search org units beyond its data capture org units.',
    kind: 'configuration',
  },
  {
    says: /KeyTrackedEntityMaxLimit/,
    code: 'PAGE_SIZE_REFUSED',
    message: 'DHIS2 is configured to return fewer tracked entities per page than requested',
    fix: 'Choose a smaller pageSize in the job (one list has twenty times as many), or raise the setting.',
    kind: 'configuration',
  },
  {
    says: /attribute value type is/i,
    code: 'BAD_VALUE',
    message: 'A value by which people are searched does not have the type of its attribute',
    fix: 'Correct the value, or look for people by another attribute.',
    isQuiet: true,
  },
  NO_PERMISSION,
];

/**
 * Turns a refusal of Tracker to read into an error with a fix. The status differs between versions
 * (409 up to 2.40, then 400 and 403: dhis2 FACTS §4.2), so the sentence decides.
 */
export function trackerError(request: ApiRequest, answer: ApiAnswer): IntegrationError {
  const { status, body } = answer;
  const { message } = readWebMessage(body);
  if (![400, 403, 409].includes(status)) return serverError(request, answer);
  const row = ROWS.find(({ says }) => says.test(message)) ?? (status === 403 && NO_PERMISSION);
  if (!row) return serverError(request, answer);
  const { says: _, isQuiet, ...fields } = row;
  const said = isQuiet
    ? []
    : [...(message.match(WITHOUT_VALUES) ?? []), ...idsIn(message, request)];
  return new IntegrationError({
    ...fields,
    message: `${row.message}${said.length > 0 ? ` (${said.join(', ')})` : ''}.`,
    details: { system: 'DHIS2', method: request.method, path: request.path, status },
  });
}
