/** What a code means, and what to do: of errors, and of records that were rejected or adjusted. */
export const codes: Record<string, [string, string]> = {
  LOGIN_FAILED: [
    'user name or password refused',
    'Correct the credential, then run again. Several failed logins lock the account.',
  ],
  ACCOUNT_LOCKED: [
    'account locked',
    'Wait until the server unlocks it, or let an administrator do so. Check the credential first.',
  ],
  CONNECTION_REFUSED: [
    'the server does not answer',
    'Check the address in the credentials, and whether the server is running. Then run again.',
  ],
  CONNECTION_LOST: ['connection lost', 'Run again: it continues safely.'],
  UNKNOWN_HOST: ['no such server', 'Correct the address in the credentials, or check the network.'],
  TIMEOUT: [
    'the server took too long',
    'Run again later, with a smaller batchSize if it happens often.',
  ],
  MISSING_PERMISSION: [
    'a permission is missing',
    'Give the account of the credential the permission that the message names.',
  ],
  NO_WRITE_ACCESS: [
    'the account may not write',
    'Give the account data write sharing for what the message names.',
  ],
  BAD_MAPPING: [
    'mistake in the mapping',
    'Correct the lines of the job that the message names. Nothing was written.',
  ],
  FOREIGN_STATE: [
    'state of another server, outbreak, program or workflow',
    'Use the state of this workflow, or begin with a new file for --state.',
  ],
  LARGE_CHANGE: [
    'the run would take away much',
    'Look at the changes with --dry-run. If they are right, run with --allow-large-change.',
  ],
  UNKNOWN_OUTBREAK: [
    'unknown outbreak',
    'Correct the outbreak in the job, or give the account access to it.',
  ],
  CONFLICT: ['changed in both systems', 'Enter the right value in both systems.'],
  INVALID_DATE: ['date that is no calendar day', 'Correct the date in its source.'],
  UNKNOWN_LOCATION: [
    'no location for its org unit',
    'Run org-units-to-locations, then this workflow again.',
  ],
  UNKNOWN_ORG_UNIT: [
    'no org unit for its location',
    'Enter the org unit’s code at the location in Go.Data, or run org-units-to-locations.',
  ],
  DUPLICATE_PERSON: [
    'two records are one person',
    'Merge them in their source, or correct the link.',
  ],
  AMBIGUOUS_PERSON: [
    'several records have its id',
    'Merge them in the target, or remove the id from the wrong one.',
  ],
  VALIDATION_FAILED: [
    'a required field is missing or wrong',
    'Enter the field that the message names.',
  ],
  E1018: ['a mandatory attribute has no value', 'Enter it in Go.Data, or add it to the mapping.'],
  E1020: ['enrollment in the future', 'Correct the day in Go.Data, or let the program allow it.'],
  E1064: ['another person has this unique value', 'Merge both, or correct the value.'],
  E1125: [
    'not a code of the option set',
    'Correct the table of codes in the mapping, or add the option in DHIS2.',
  ],
  E1302: ['value of the wrong type', 'Correct it in Go.Data, or how the mapping writes it.'],
  E1029: [
    'the program is not assigned to its org unit',
    'Assign the program to the org unit in DHIS2.',
  ],
  READ_BACK: [
    'accepted, but now another value',
    'Somebody else writes this value: find out who, then run again.',
  ],
  CELL_OF_ANOTHER_OUTBREAK: [
    'value written for another outbreak',
    'Use another data set or data elements for this outbreak.',
  ],
  NAME_TAKEN: [
    'the name is taken under the same parent',
    'Rename the location made by hand, or let link link it.',
  ],
  SIBLING_NAME: ['name made distinct', 'Rename one of the two org units in DHIS2 to avoid it.'],
  BROKEN_COORDINATES: [
    'coordinates that are not on the earth',
    'Correct the coordinates in their source.',
  ],
  DELETED_IN_GODATA: ['deleted in Go.Data', 'Restore it in Go.Data to synchronise it again.'],
};
