import { formatMessage, type MessageArg } from '../../http/messages.js';
import { Refusal } from '../../http/web-message.js';
import type { Dialect } from '../../versions/dialect.js';

/** A problem of a metadata object. */
export interface Problem {
  code: string;
  /** As the message prints them. */
  args: MessageArg[];
  /** The arguments in the report, if they differ from those of the message. */
  texts?: string[];
  /** The arguments in the second list of the report, if they differ. */
  values?: unknown[];
  /** Absent if the problem is not about one property. */
  property?: string;
  /** Class of the property's values, for missing and for too long ones. */
  propertyClass?: string;
  /** Id of the object that the problem is about. */
  mainId?: string;
  /** Class of that object. @default an org unit's */
  mainClass?: string;
}

/** The server's name of an org unit's class. */
export const ORG_UNIT_CLASS = 'org.hisp.dhis.organisationunit.OrganisationUnit';

/** The message of an answer about an object with errors. */
export const SEE_REPORT = 'One or more errors occurred, please see full details in import report.';

/** The report about one written object, as in an answer (dhis2 FACTS §6). */
export function objectReport(uid: string, klass = ORG_UNIT_CLASS): object {
  return { responseType: 'ObjectReport', uid, klass, errorReports: [] };
}

/** The problems of an object, as in a report (recordings 062 to 071). */
export function errorReport(dialect: Dialect, problem: Problem): object {
  const { code, args, property, propertyClass, mainId, mainClass = ORG_UNIT_CLASS } = problem;
  const { texts = args.map(String), values = texts } = problem;
  return {
    message: formatMessage(dialect, code, args),
    args: texts,
    mainKlass: mainClass,
    errorCode: code,
    ...(propertyClass === undefined ? {} : { errorKlass: propertyClass }),
    ...(mainId === undefined ? {} : { mainId }),
    ...(property === undefined ? {} : { errorProperty: property }),
    errorProperties: values,
  };
}

/** The refusal of an object, with a report of its problems. */
export function refuseObject(
  dialect: Dialect,
  uid: string,
  problems: readonly Problem[],
  status: 'ERROR' | 'WARNING' = 'ERROR',
): Refusal {
  const errorReports = problems.map(problem => errorReport(dialect, problem));
  return new Refusal(409, {
    status,
    message: SEE_REPORT,
    response: { ...objectReport(uid), errorReports },
  });
}
