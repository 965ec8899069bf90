/*
 * What DHIS2's codes mean, and what to do (dhis2 FACTS §4.1). DHIS2's own sentences may repeat
 * personal data, and are not passed on.
 */

/** The sentence for a code, with what to do. */
const SAYS: Readonly<Record<string, string>> = {
  E1000:
    'the account may not enter data at its org unit. Give the account this org unit, or one above it, for data capture.',
  E1001: 'the account may not write data of the tracked entity type. Give it data write sharing.',
  E1003:
    'the account may not write this tracked entity. Give it the org unit for search and capture.',
  E1005:
    'the tracked entity type does not exist, or the account does not see it. Share it with the account.',
  E1006:
    'the attribute does not exist, or the account does not see it. Correct the mapping, or share it.',
  E1007:
    "the value is not of the attribute's type. Correct it in Go.Data, or how the mapping writes it.",
  E1009: 'the file belongs to another object already. Remove the field from the mapping.',
  E1010: 'the program does not exist, or the account does not see it. Share it with the account.',
  E1011: 'its org unit no longer exists. Run again.',
  E1012: 'its geometry no longer fits the program. Correct it in DHIS2.',
  E1013: 'the stage does not exist, or the account does not see it. Share it with the account.',
  E1015:
    'the tracked entity has another active enrollment in the program. Complete or cancel one of them in DHIS2.',
  E1016:
    'the program enrols only once, and the tracked entity has been enrolled. Check that enrollment in DHIS2.',
  E1018: 'a mandatory attribute has no value. Enter it in Go.Data, or add it to the mapping.',
  E1019: 'the attribute does not belong to the program. Correct the mapping, or the program.',
  E1020:
    'the day of enrollment is in the future. Correct it in Go.Data, or let the program allow it.',
  E1021:
    'the day of the incident is in the future. Correct it in Go.Data, or let the program allow it.',
  E1022:
    'the tracked entity is of another type than those of the program. Correct the link in Go.Data.',
  E1023:
    'the program requires a day of the incident. Enter it in Go.Data, or add occurredAt to the mapping.',
  E1025: 'it has no day of enrollment. Enter it in Go.Data, or add enrolledAt to the mapping.',
  E1029: 'the program is not assigned to its org unit. Assign it in DHIS2.',
  E1031:
    'it has no day on which it took place. Enter it in Go.Data, or add occurredAt to the mapping.',
  E1032: 'it no longer exists. Run again.',
  E1033: 'it has no enrollment. Run again.',
  E1035: 'the stage does not exist, or the account does not see it. Share it with the account.',
  E1039: 'the stage is not repeatable, and has an event. Run again.',
  E1041: 'the program is not assigned to its org unit. Assign it in DHIS2.',
  E1043: 'it was completed too long ago to be changed. An account with F_EDIT_EXPIRED may do that.',
  E1046: 'it has no day. Enter it in Go.Data, or add occurredAt to the mapping.',
  E1047:
    'its day is in a period that is closed in DHIS2. An account with F_EDIT_EXPIRED may enter it.',
  E1049: 'its org unit no longer exists. Run again.',
  E1050: 'it is planned without a day. Add scheduledAt to the mapping.',
  E1055: 'the program has its own categories, and no option is known. Enter the event in DHIS2.',
  E1056: 'its day is before those of its category option. Correct the option in DHIS2.',
  E1057: 'its day is after those of its category option. Correct the option in DHIS2.',
  E1063: 'the tracked entity no longer exists. Run again.',
  E1064:
    'another tracked entity has this value, which must be unique. Merge both, correct the value, or let findBy find people by it.',
  E1068: 'the tracked entity no longer exists. Run again.',
  E1069: 'the program does not exist, or the account does not see it. Share it with the account.',
  E1070: 'its org unit no longer exists. Run again.',
  E1074: 'its geometry no longer fits the program. Correct it in DHIS2.',
  E1076: 'a mandatory value cannot be removed. Enter it in Go.Data, or remove it from the mapping.',
  E1077: 'the value is too long. Shorten it in Go.Data.',
  E1081: 'the enrollment no longer exists. Run again.',
  E1082: 'it was deleted in DHIS2, which does not bring it back. recreate: true creates a new one.',
  E1083:
    'it is completed in DHIS2, and the account may not change that. Give it the authority F_UNCOMPLETE_EVENT, or remove status from the mapping.',
  E1084: 'the file does not exist. Remove the field from the mapping.',
  E1085:
    "the value is not of the attribute's type. Correct it in Go.Data, or how the mapping writes it.",
  E1090: 'a mandatory attribute has no value. Enter it in Go.Data, or add it to the mapping.',
  E1091: 'the account may not write data of the program. Give it data write sharing.',
  E1095: 'the account may not write data of the stage. Give it data write sharing.',
  E1096: 'the account may not read data of the program. Give it data read sharing.',
  E1099: 'the account may not write data of the category option. Give it data write sharing.',
  E1102:
    'another org unit owns it in the program, where the account may not write. Transfer it in DHIS2, or give the account that org unit.',
  E1103:
    'it has events, and the account may not delete it with them. Give it the authority F_ENROLLMENT_CASCADE_DELETE, or choose whenDeleted: cancel.',
  E1104: 'the account may not read data of the program or its type. Give it data read sharing.',
  E1105:
    'the account may not write this tracked entity. Give it the org unit for search and capture.',
  E1112: 'the attribute is confidential, and DHIS2 is not set up for that. Set up its encryption.',
  E1113: 'it was deleted in DHIS2, which does not bring it back. recreate: true creates a new one.',
  E1114: 'it was deleted in DHIS2, which does not bring it back. recreate: true creates a new one.',
  E1118: 'the user it is assigned to no longer exists. Assign it again in DHIS2.',
  E1125:
    'the value is not a code of the option set. Correct the table of the mapping, or add the option in DHIS2.',
  E1126: 'DHIS2 does not allow this to change. Correct the link in Go.Data.',
  E1127: 'DHIS2 does not allow this to change. Correct the link in Go.Data.',
  E1128: 'DHIS2 does not allow this to change. Correct the stage in the mapping.',
  E1300: 'a program rule of DHIS2 refuses it. Check the rule, and correct the value in Go.Data.',
  E1301: 'a program rule of DHIS2 requires a value. Enter it in Go.Data, or add it to the mapping.',
  E1302:
    "the value is not of the data element's type. Correct it in Go.Data, or how the mapping writes it.",
  E1303: 'a compulsory data element has no value. Enter it in Go.Data, or add it to the mapping.',
  E1304: 'the data element does not exist, or the account does not see it. Correct the mapping.',
  E1305: 'the data element does not belong to the stage. Correct the mapping.',
  E1306: 'a program rule of DHIS2 requires a value. Enter it in Go.Data, or add it to the mapping.',
  E1307: 'a program rule of DHIS2 assigns this value. Remove it from the mapping.',
  E1309: 'a program rule of DHIS2 assigns this value. Remove it from the mapping.',
  E1313: 'its enrollment has no tracked entity. Check it in DHIS2.',
  E1314: 'a program rule of DHIS2 requires this value. Enter it in Go.Data.',
  E1315: 'an event that has not taken place accepts no values. Correct status in the mapping.',
  E1316: 'what has taken place cannot be planned again. Correct status in the mapping.',
  E1317: 'a program rule of DHIS2 requires this value. Enter it in Go.Data.',
  E1326: 'it is completed, and its stage does not allow changes then. Reopen it in DHIS2.',
  E4000: 'both ends are one tracked entity. Correct the relationship in Go.Data.',
  E4006:
    'the relationship type does not exist, or the account does not see it. Share it with the account.',
  E4010: 'the relationship type links other things than tracked entities. Choose another one.',
  E4012: 'one of its ends no longer exists. Run again.',
  E4014: 'one of its ends is of another type than the relationship type links. Choose another one.',
  E4016: 'it no longer exists. Run again.',
  E4017: 'it was deleted in DHIS2, which does not bring it back. recreate: true creates a new one.',
  E4020: 'the account may not write relationships of this type. Give it data write sharing.',
  E5000: 'what it belongs to was refused. Correct that.',
  NOT_STORED: 'DHIS2 accepted it but did not store it. Check its program rules and its log.',
  REFUSED_AS_A_WHOLE:
    "DHIS2 cannot read what is sent for this person. Find the request in DHIS2's log.",
};

/** Codes that report a UID as used up. */
export const DELETED_UID: ReadonlySet<string> = new Set(['E1113', 'E1114', 'E1082', 'E4017']);

/**
 * Codes with which an object is refused whose UID belongs to an object of another person: DHIS2
 * takes what is new for a change of that one.
 */
export const FOREIGN_UID: ReadonlySet<string> = new Set(['E1127', 'E1128']);

/** Codes that report a change since it was read: it is read and planned again. */
export const OUT_OF_DATE: ReadonlySet<string> = new Set([
  'E1015',
  'E1016',
  'E1032',
  'E1039',
  'E1063',
  'E1068',
  'E1081',
  'E4012',
  'E4016',
]);

/** A unique value that another one has. */
export const NOT_UNIQUE = 'E1064';

/** What a code means, and what to do. */
export function explain(code: string): string {
  return (
    SAYS[code] ?? "DHIS2 refused it. Look up the code in DHIS2's documentation of the tracker."
  );
}
