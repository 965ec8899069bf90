import { formatMessage, type MessageArg } from '../../http/messages.js';
import { Refusal } from '../../http/web-message.js';
import type { Dialect } from '../../versions/dialect.js';

/** What is wrong with a metadata object. */
export interface Problem {
  code: string;
  /** As the message prints them. */
  args: MessageArg[];
  /** As the report lists them, where it does not as the message prints them. */
  texts?: string[];
  /** As the report lists them a second time, where it is otherwise. */
  values?: unknown[];
  /** Absent where it is not one property that is wrong. */
  property?: string;
  /** Class of the property's values, of those that are missing or too long. */
  propertyClass?: string;
  /** Id of the object that the problem is about. */
  mainId?: string;
  /** Class of that object. @default an org unit's */
  mainClass?: string;
}

/** The server's name of an org unit's class. */
export const ORG_UNIT_CLASS = 'org.hisp.dhis.organisationunit.OrganisationUnit';

/** What an answer says where something is wrong with an object. */
export const SEE_REPORT = 'One or more errors occurred, please see full details in import report.';

/** The report about one object that was written, as an answer holds it (dhis2 FACTS §6). */
export function objectReport(uid: string, klass = ORG_UNIT_CLASS): object {
  return { responseType: 'ObjectReport', uid, klass, errorReports: [] };
}

/** What is wrong with an object, as a report says it (recordings 062 to 071). */
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

/** The refusal of an object, with a report of what is wrong with it. */
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
