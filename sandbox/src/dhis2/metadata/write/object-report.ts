import type { Dialect } from '../../dialect.js';
import { formatMessage, type MessageArg } from '../../messages.js';
import { Refusal } from '../../web-message.js';

/** What is wrong with a metadata object. */
export interface Problem {
  code: string;
  args: MessageArg[];
  /** Absent where it is not one property that is wrong. */
  property?: string;
}

/** The server's name of an org unit's class. */
const CLASS = 'org.hisp.dhis.organisationunit.OrganisationUnit';

/** The report about one object that was written, as an answer holds it (dhis2 FACTS §6). */
export function objectReport(uid: string): object {
  return { responseType: 'ObjectReport', uid, klass: CLASS, errorReports: [] };
}

/** The refusal of an object, with a report of what is wrong with it. */
export function refuseObject(dialect: Dialect, uid: string, problems: readonly Problem[]): Refusal {
  const errorReports = problems.map(({ code, args, property }) => ({
    message: formatMessage(dialect, code, args),
    mainKlass: CLASS,
    errorCode: code,
    ...(property === undefined ? {} : { errorProperty: property }),
    errorProperties: property === undefined ? [] : [property],
  }));
  return new Refusal(409, {
    message: 'One or more errors occurred, please see full details in import report.',
    response: { ...objectReport(uid), errorReports },
  });
}
