import { fillText, type Text } from '../../http/messages.js';

/**
 * A data table: the server's messages by error code of an import (dhis2 FACTS §4.1; errorcodes.csv).
 * Each number is the minor version from which a text holds. The first text of a code also holds for
 * all versions before its number. Here E1003 has the arguments user, tracked entity and org unit,
 * and E1125 has value, option set, class and id; no version prints all of them.
 */
const TEXTS = {
  E1000: [
    [38, 'User: `{0}`, has no write access to OrganisationUnit: `{1}`.'],
    [42, 'User: `{0}` has no write access to OrganisationUnit: `{1}`.'],
    [43, 'User: `{0}` has no capture scope access to OrganisationUnit: `{1}`.'],
  ],
  E1001: [
    [38, 'User: `{0}`, has no data write access to TrackedEntityType: `{1}`.'],
    [42, 'User: `{0}` has no data write access to TrackedEntityType: `{1}`.'],
  ],
  E1002: [
    [38, 'TrackedEntityInstance: `{0}`, already exists.'],
    [41, 'TrackedEntity: `{0}`, already exists.'],
  ],
  E1003: [
    [38, 'OrganisationUnit: `{2}` of TrackedEntity is outside search scope of User: `{0}`.'],
    [40, 'User: `{0}`, has no write access to TrackedEntity: `{1}`.'],
    [42, 'User: `{0}` has no write access to TrackedEntity: `{1}`.'],
  ],
  E1005: 'Could not find TrackedEntityType: `{0}`.',
  E1006: [
    [38, 'Attribute: `{0}`, does not exist.'],
    [42, 'Attribute: `{0}` does not exist.'],
  ],
  E1007: 'Error validating attribute value type: `{0}`; Error: `{1}`.',
  E1010: 'Could not find Program: `{0}`, linked to Event.',
  E1011: 'Could not find OrganisationUnit: `{0}`, linked to Event.',
  E1012: 'Geometry does not conform to FeatureType: `{0}`.',
  E1013: 'Could not find ProgramStage: `{0}`, linked to Event.',
  E1014: [
    [
      38,
      'Provided Program: `{0}`, is a Program without registration. An Enrollment cannot be created into Program without registration.',
    ],
    [
      42,
      'Provided Program: `{0}` is a Program without registration. An Enrollment cannot be created into Program without registration.',
    ],
  ],
  E1015: [
    [38, 'TrackedEntityInstance: `{0}`, already has an active Enrollment in Program `{1}`.'],
    [41, 'TrackedEntity: `{0}`, already has an active Enrollment in Program `{1}`.'],
    [42, 'TrackedEntity: `{0}` already has an active Enrollment in Program `{1}`.'],
  ],
  E1016: [
    [
      38,
      'TrackedEntityInstance: `{0}`, already has an enrollment in Program: `{1}`, and this program only allows enrolling one time.',
    ],
    [
      41,
      'TrackedEntity: `{0}`, already has an enrollment in Program: `{1}`, and this program only allows enrolling one time.',
    ],
    [
      42,
      'TrackedEntity: `{0}` already has an Enrollment in Program: `{1}`, and this Program only allows enrolling once.',
    ],
  ],
  E1018: [
    [38, 'Attribute: `{0}`, is mandatory in program `{1}` but not declared in enrollment `{2}`.'],
    [42, 'Attribute: `{0}` is mandatory in Program `{1}` but not declared in Enrollment `{2}`.'],
  ],
  E1019: [
    [38, 'Only Program attributes is allowed for enrollment; Non valid attribute: `{0}`.'],
    [42, 'Only ProgramAttributes are allowed for Enrollment, invalid Attribute: `{0}`.'],
  ],
  E1020: [
    [38, 'Enrollment date: `{0}`, cannot be a future date.'],
    [42, 'Enrollment date: `{0}` cannot be a future date.'],
  ],
  E1021: [
    [38, 'Incident date: `{0}`, cannot be a future date.'],
    [42, 'Incident date: `{0}` cannot be a future date.'],
  ],
  E1022: [
    [38, 'TrackedEntityInstance: `{0}`, must have same TrackedEntityType as Program `{1}`.'],
    [41, 'TrackedEntity: `{0}`, must have same TrackedEntityType as Program `{1}`.'],
    [42, 'TrackedEntity: `{0}` must have same TrackedEntityType as Program `{1}`.'],
  ],
  E1023: [
    [
      38,
      'DisplayIncidentDate is true but property occurredAt is null or has an invalid format: `{0}`.',
    ],
    [42, 'DisplayIncidentDate is true but occurredAt is null.'],
  ],
  E1025: [
    [38, 'Property enrolledAt is null or has an invalid format: `{0}`.'],
    [42, 'Property enrolledAt is null.'],
  ],
  E1029: [
    [38, "Event OrganisationUnit: `{0}`, and Program: `{1}`, don't match."],
    [42, 'Event OrganisationUnit: `{0}` and Program: `{1}`, do not match.'],
  ],
  E1030: [
    [38, 'Event: `{0}`, already exists.'],
    [42, 'Event: `{0}` already exists.'],
  ],
  E1031: [
    [38, 'Event OccurredAt date is missing.'],
    [42, 'Event occurredAt date is missing.'],
  ],
  E1032: [
    [38, 'Event: `{0}`, do not exist.'],
    [42, 'Event: `{0}` do not exist.'],
    [44, 'Event: `{0}` does not exist.'],
  ],
  E1033: [
    [38, 'Event: `{0}`, Enrollment value is null.'],
    [42, 'Event: `{0}` Enrollment value is null.'],
    [44, 'Event: `{0}`, Enrollment value is null.'],
  ],
  E1039: [
    [38, 'ProgramStage: `{0}`, is not repeatable and an event already exists.'],
    [42, 'ProgramStage: `{0}` is not repeatable and an Event already exists.'],
  ],
  E1041: [
    [38, "Enrollment OrganisationUnit: `{0}`, and Program: `{1}`, don't match."],
    [42, 'Enrollment OrganisationUnit: `{0}` and Program: `{1}` do not match.'],
  ],
  E1043: [
    [
      38,
      'Event: `{0}`, completeness date has expired. Not possible to make changes to this event.',
    ],
    [42, 'Event: `{0}` completeness date has expired, not allowed to make changes to this Event.'],
  ],
  E1047: [
    [
      38,
      'Event: `{0}`, date belongs to an expired period. It is not possible to create such event.',
    ],
    [42, 'Event: `{0}` date belongs to an expired period, not possible to create Event.'],
  ],
  E1048: 'Object: `{0}`, uid: `{1}`, has an invalid uid format.',
  E1049: [
    [38, 'Could not find OrganisationUnit: `{0}`, linked to Tracked Entity.'],
    [42, 'Could not find OrganisationUnit: `{0}` linked to TrackedEntity.'],
  ],
  E1050: 'Event ScheduledAt date is missing.',
  E1051: 'Event: `{0}` completedAt must be null when status is `{1}`.',
  E1052: 'Enrollment: `{0}` completedAt must be null when status is `{1}`.',
  E1054: [
    [38, 'AttributeOptionCombo `{0}` is not in the event programs category combo `{1}`.'],
    [42, 'AttributeOptionCombo `{0}` is not in the Event Program CategoryCombo `{1}`.'],
  ],
  E1055: [
    [
      38,
      'Default AttributeOptionCombo is not allowed since program has non-default CategoryCombo.',
    ],
    [42, 'Default AttributeOptionCombo is not allowed as Program has non-default CategoryCombo.'],
  ],
  E1063: [
    [38, 'TrackedEntityInstance: `{0}`, does not exist.'],
    [41, 'TrackedEntity: `{0}`, does not exist.'],
  ],
  E1064: [
    [38, 'Non-unique attribute value `{0}` for attribute `{1}`'],
    [42, 'Non-unique attribute value `{0}` for attribute `{1}`.'],
  ],
  E1068: [
    [38, 'Could not find TrackedEntityInstance: `{0}`, linked to Enrollment.'],
    [41, 'Could not find TrackedEntity: `{0}`, linked to Enrollment.'],
    [42, 'Could not find TrackedEntity: `{0}` linked to Enrollment.'],
  ],
  E1069: [
    [38, 'Could not find Program: `{0}`, linked to Enrollment.'],
    [42, 'Could not find Program: `{0}` linked to Enrollment.'],
  ],
  E1070: [
    [38, 'Could not find OrganisationUnit: `{0}`, linked to Enrollment.'],
    [42, 'Could not find OrganisationUnit: `{0}` linked to Enrollment.'],
  ],
  E1074: 'FeatureType is missing.',
  E1075: [
    [38, 'Attribute: `{0}`, is missing uid.'],
    [43, 'Attribute: `{0}` UID is missing.'],
  ],
  E1076: [
    [38, '`{0}` `{1}` is mandatory and cannot be null'],
    [43, '`{0}` `{1}` is mandatory and must be specified.'],
  ],
  E1077: [
    [38, 'Attribute: `{0}`, text value exceed the maximum allowed length: `{0}`.'],
    [43, 'Attribute: `{0}` text value exceed the maximum length: `{0}`.'],
  ],
  E1079: [
    [38, 'Event: `{0}`, program: `{1}` is different from program defined in enrollment `{2}`.'],
    [43, 'Event: `{0}` Program: `{1}` is different from Program defined in Enrollment `{2}`.'],
  ],
  E1080: [
    [38, 'Enrollment: `{0}`, already exists.'],
    [43, 'Enrollment: `{0}` already exists.'],
  ],
  E1081: [
    [38, 'Enrollment: `{0}`, do not exist.'],
    [43, 'Enrollment: `{0}` do not exist.'],
  ],
  E1082: [
    [38, 'Event: `{0}`, is already deleted and cannot be modified.'],
    [43, 'Event: `{0}` is already deleted and cannot be modified.'],
  ],
  E1083: [
    [38, 'User: `{0}`, is not authorized to modify completed events.'],
    [43, 'User: `{0}` is not authorized to update completed Events.'],
    [44, 'User: `{0}` is not authorized to uncomplete events.'],
  ],
  E1085: 'Attribute: `{0}`, value does not match value type: `{1}`.',
  E1089: [
    [38, 'Event: `{0}`, references a Program Stage `{1}` that does not belong to Program `{2}`.'],
    [43, 'Event: `{0}` references ProgramStage `{1}` which do not belong to Program `{2}`.'],
  ],
  E1090: [
    [
      38,
      'Attribute: `{0}`, is mandatory in tracked entity type `{1}` but not declared in tracked entity `{2}`.',
    ],
    [
      42,
      'Attribute: `{0}` is mandatory in TrackedEntityType `{1}` but not found in TrackedEntity `{2}`.',
    ],
  ],
  E1091: [
    [38, 'User: `{0}`, has no data write access to Program: `{1}`.'],
    [42, 'User: `{0}` has no data write access to Program: `{1}`.'],
  ],
  E1095: [
    [38, 'User: `{0}`, has no data write access to ProgramStage: `{1}`.'],
    [42, 'User: `{0}` has no data write access to ProgramStage: `{1}`.'],
  ],
  E1096: [
    [38, 'User: `{0}`, has no data read access to Program: `{1}`.'],
    [42, 'User: `{0}` has no data read access to Program: `{1}`.'],
  ],
  E1099: [
    [38, 'User: `{0}`, has no write access to CategoryOption: `{1}`.'],
    [42, 'User: `{0}` has no write access to CategoryOption: `{1}`.'],
  ],
  E1100: [
    [
      38,
      'User: `{0}`, is lacking F_TEI_CASCADE_DELETE authority to delete TrackedEntityInstance: `{1}`.',
    ],
    [41, 'User: `{0}`, is lacking F_TEI_CASCADE_DELETE authority to delete TrackedEntity: `{1}`.'],
    [42, 'User: `{0}` lacks F_TEI_CASCADE_DELETE authority to delete TrackedEntity: `{1}`.'],
  ],
  E1102: [
    [
      38,
      'User: `{0}`, does not have access to the tracked entity: `{1}`, Program: `{2}`, combination.',
    ],
    [42, 'User: `{0}` does not have access to the TrackedEntity: `{1}` and Program: `{2}`.'],
  ],
  E1103: [
    [
      38,
      'User: `{0}`, is lacking F_ENROLLMENT_CASCADE_DELETE authority to delete Enrollment : `{1}`.',
    ],
    [42, 'User: `{0}` lacks F_ENROLLMENT_CASCADE_DELETE authority to delete Enrollment : `{1}`.'],
  ],
  E1104: [
    [38, 'User: `{0}`, has no data read access to program: `{1}`, TrackedEntityType: `{2}`.'],
    [42, 'User: `{0}` has no data read access to Program: `{1}`, TrackedEntityType: `{2}`.'],
  ],
  E1105: 'User: `{0}` has no search scope access to OrganisationUnit: `{1}`.',
  E1113: [
    [38, 'Enrollment: `{0}`, is already deleted and cannot be modified.'],
    [42, 'Enrollment: `{0}` is already deleted and cannot be modified.'],
  ],
  E1114: [
    [38, 'TrackedEntity: `{0}`, is already deleted and cannot be modified.'],
    [42, 'TrackedEntity: `{0}` is already deleted and cannot be modified.'],
  ],
  E1115: 'Could not find CategoryOptionCombo: `{0}`.',
  E1116: 'Could not find CategoryOption: `{0}`.',
  E1117: [
    [38, 'CategoryOptionCombo does not exist for category combo `{0}` and category options `{1}`.'],
    [42, 'CategoryOptionCombo not found for CategoryCombo `{0}` and CategoryOptions `{1}`.'],
  ],
  E1119: [
    [38, 'A Tracker Note with uid `{0}` already exists.'],
    [42, 'A Note with UID `{0}` already exists.'],
  ],
  E1120: [
    [38, 'ProgramStage `{0}` does not allow user assignment'],
    [42, 'ProgramStage `{0}` does not allow user assignment.'],
  ],
  E1121: [
    [38, 'Missing required tracked entity property: `{0}`.'],
    [40, 'Missing required trackedEntity property: `{0}`.'],
  ],
  E1122: 'Missing required enrollment property: `{0}`.',
  E1123: 'Missing required event property: `{0}`.',
  E1124: 'Missing required relationship property: `{0}`.',
  E1125: [
    [38, 'Value {0} is not a valid option for {2} {3} in option set {1}'],
    [41, 'Value `{0}` is not a valid option code in option set `{1}`'],
    [42, 'Value `{0}` is not a valid option code in OptionSet `{1}`.'],
  ],
  E1126: [
    [38, 'Not allowed to update Tracked Entity property: {0}.'],
    [42, 'Not allowed to update trackedEntity property: {0}.'],
  ],
  E1127: [
    [38, 'Not allowed to update Enrollment property: {0}.'],
    [42, 'Not allowed to update enrollment property: {0}.'],
  ],
  E1128: [
    [38, 'Not allowed to update Event property: {0}.'],
    [42, 'Not allowed to update event property: {0}.'],
  ],
  E1300: [
    [38, 'Generated by program rule (`{0}`) - `{1}`'],
    [42, 'Generated by ProgramRule (`{0}`) - `{1}`.'],
  ],
  E1301: [
    [38, 'Generated by program rule (`{0}`) - Mandatory DataElement `{1}` is not present'],
    [42, 'Generated by ProgramRule (`{0}`) - Mandatory DataElement `{1}` is not present.'],
  ],
  E1302: [
    [38, 'DataElement `{0}` is not valid: `{1}`'],
    [42, 'DataElement `{0}` is not valid: `{1}`.'],
  ],
  E1303: [
    [38, 'Mandatory DataElement `{0}` is not present'],
    [42, 'Mandatory DataElement `{0}` is not present.'],
  ],
  E1304: [
    [38, 'DataElement `{0}` is not a valid data element'],
    [42, 'DataElement `{0}` is not a valid DataElement.'],
  ],
  E1305: [
    [38, 'DataElement `{0}` is not part of `{1}` program stage'],
    [42, 'DataElement `{0}` is not part of ProgramStage `{1}`.'],
  ],
  E1306: [
    [38, 'Generated by program rule (`{0}`) - Mandatory Attribute `{1}` is not present'],
    [42, 'Generated by ProgramRule (`{0}`) - Mandatory Attribute `{1}` is not present'],
  ],
  E1307: [
    [
      38,
      'Generated by program rule (`{0}`) - Unable to assign value to data element `{1}`. The provided value must be empty or match the calculated value `{2}`',
    ],
    [
      42,
      'Generated by ProgramRule (`{0}`) - Unable to assign value to DataElement `{1}`. The provided value must be empty or match the calculated value `{2}`',
    ],
  ],
  E1308: [
    [38, 'Generated by program rule (`{0}`) - DataElement `{1}` is being replaced in event `{2}`'],
    [42, 'Generated by ProgramRule (`{0}`) - DataElement `{1}` is replaced in Event `{2}`.'],
  ],
  E1309: [
    [
      38,
      'Generated by program rule (`{0}`) - Unable to assign value to attribute `{1}`. The provided value must be empty or match the calculated value `{2}`',
    ],
    [
      42,
      'Generated by ProgramRule (`{0}`) - Unable to assign value to Attribute `{1}`. The provided value must be empty or match the calculated value `{2}`.',
    ],
  ],
  E1310: [
    [38, 'Generated by program rule (`{0}`) - Attribute `{1}` is being replaced in tei `{2}`'],
    [41, 'Generated by program rule (`{0}`) - Attribute `{1}` is being replaced in te `{2}`'],
    [42, 'Generated by ProgramRule (`{0}`) - Attribute `{1}` is being replaced in te `{2}`.'],
  ],
  E1313: [
    [
      40,
      'Event {0} of an enrollment does not point to an existing tracked entity. The data in your system might be corrupted',
    ],
    [42, 'Event `{0}` of an Enrollment does not reference a TrackedEntity.'],
  ],
  E1314: [
    [
      40,
      'Generated by program rule (`{0}`) - DataElement `{1}` is mandatory and cannot be deleted',
    ],
    [
      42,
      'Generated by ProgramRule (`{0}`) - DataElement `{1}` is mandatory and cannot be deleted.',
    ],
  ],
  E1315: [
    [
      40,
      'Status `{0}` does not allow defining data values. Statuses that do allow defining data values are: {1}',
    ],
    [42, 'Status `{0}` does not allow creating data values, allow statuses: {1}.'],
  ],
  E1316: [
    [40, 'No event can transition from status `{0}` to status `{1}.`'],
    [42, 'Event cannot transition from status `{0}` to status `{1}`.'],
  ],
  E1317: [
    [40, 'Generated by program rule (`{0}`) - Attribute `{1}` is mandatory and cannot be deleted'],
    [42, 'Generated by ProgramRule (`{0}`) - Attribute `{1}` is mandatory and cannot be deleted.'],
  ],
  E1318: 'Status `{0}` is not applicable for single events.',
  E1323: [
    [43, 'User: `{0}` has no access to any program.'],
    [44, 'User: `{0}` has no write access to any program.'],
  ],
  E1324: 'User `{0}` has no ownership access to any program for the provided TrackedEntity: `{1}`.',
  E4000: [
    [38, 'Relationship: `{0}` cannot link to itself'],
    [42, 'Relationship: `{0}` cannot link to itself.'],
  ],
  E4001: [
    [
      38,
      'Relationship Item `{0}` for Relationship `{1}` is invalid: an Item can link only one Tracker entity.',
    ],
    [
      40,
      'Relationship item `{0}` for relationship `{1}` is invalid: an item must link to exactly one of trackedEntity, enrollment, event.',
    ],
    [
      41,
      'Relationship item `{0}` for relationship `{1}` is invalid: an item must link exactly one of trackedEntity, enrollment, event.',
    ],
    [
      42,
      'RelationshipItem `{0}` for Relationship `{1}` is invalid as an item must be associated with exactly one of TrackedEntity, Enrollment, Event.',
    ],
  ],
  E4006: [
    [38, 'Could not find relationship Type: `{0}`.'],
    [40, 'Could not find relationship type: `{0}`.'],
    [42, 'Could not find RelationshipType: `{0}`.'],
  ],
  E4010: [
    [38, 'Relationship Type `{0}` constraint requires a {1} but a {2} was found.'],
    [40, 'Relationship type `{0}` constraint requires a {1} but a {2} was found.'],
    [42, 'RelationshipType `{0}` constraint requires a {1} but a {2} was found.'],
  ],
  E4012: [
    [38, 'Could not find `{0}`: `{1}`, linked to Relationship.'],
    [40, 'Could not find `{0}`: `{1}`, linked to relationship.'],
  ],
  E4014: [
    [
      38,
      'Relationship Type `{0}` constraint requires a Tracked Entity having type `{1}` but `{2}` was found.',
    ],
    [
      40,
      'Relationship type `{0}` constraint requires a tracked entity having type `{1}` but `{2}` was found.',
    ],
    [42, 'RelationshipType `{0}` constraint requires TrackedEntityType `{1}` but `{2}` was found.'],
  ],
  E4015: [
    [38, 'Relationship: `{0}`, already exists.'],
    [42, 'Relationship: `{0}` already exists.'],
  ],
  E4016: [
    [38, 'Relationship: `{0}`, do not exist.'],
    [42, 'Relationship: `{0}` do not exist.'],
    [44, 'Relationship: `{0}` does not exist.'],
  ],
  E4017: [
    [40, 'Relationship: `{0}`, is already deleted and cannot be modified.'],
    [42, 'Relationship: `{0}` is already deleted and cannot be modified.'],
  ],
  E4018: [
    [40, 'Relationship: `{0}`, linking {1}: `{2}` to {3}: `{4}` already exists.'],
    [42, 'Relationship: `{0}` linking {1}: `{2}` to {3}: `{4}` already exists.'],
  ],
  E4020: [
    [40, 'User: `{0}`, has no write access to relationship: `{1}`.'],
    [42, 'User: `{0}` has no write access to relationship: `{1}`.'],
    [44, 'User: `{0}` has no data write access to RelationshipType: `{1}`.'],
  ],
  E5000: [
    [
      40,
      '"{0}" `{1}` cannot be persisted because "{2}" `{3}` referenced by it cannot be persisted.',
    ],
    [42, '{0} `{1}` cannot be created because {2} `{3}` referenced by it could not be created.'],
  ],
} as const satisfies Readonly<Record<string, Text>>;

export type TrackerCode = keyof typeof TEXTS;

/**
 * Codes whose arguments are not filled in, because their text has an unpaired quotation mark (dhis2
 * LIVE 236).
 */
const UNFILLED: ReadonlySet<string> = new Set(['43 E1324']);

/**
 * Codes that are reported with an argument that their text does not contain (recordings 161, 170).
 */
const ALL_ARGS: ReadonlySet<TrackerCode> = new Set<TrackerCode>(['E1031', 'E1050', 'E1077']);

/** Codes that print a time as the server does, and report its instant as second argument. */
const WITH_INSTANT: ReadonlySet<TrackerCode> = new Set<TrackerCode>(['E1020', 'E1021']);

/**
 * The text of an error code in a version, and the arguments in that text. The server's formatter
 * removes quotation marks from its texts (recordings 203, 204).
 */
export function trackerMessage(
  minor: number,
  code: TrackerCode,
  args: readonly string[],
): { message: string; args: string[] } {
  const template = fillText(
    TEXTS[code],
    minor,
    args.map((_, index) => `{${index}}`),
  );
  return {
    message: UNFILLED.has(`${minor} ${code}`) ? template : fillText(template, minor, args),
    args: WITH_INSTANT.has(code)
      ? args.slice(1)
      : args.filter((_, index) => ALL_ARGS.has(code) || template.includes(`{${index}}`)),
  };
}
