import type { Connection } from '../session/connection.js';
import type {
  LanguageRecord,
  LocationRecord,
  OutbreakRecord,
  TeamRecord,
  UserRecord,
} from '../types/index.js';
import { simpleSet } from './record-set.js';
import { Records } from './records.js';
import { ReferenceDataRecords } from './reference-data-records.js';

/** The records that all outbreaks of a server share, and the outbreaks. */
export interface ServerRecords {
  outbreaks: Records<OutbreakRecord>;
  locations: Records<LocationRecord>;
  referenceData: ReferenceDataRecords;
  teams: Records<TeamRecord>;
  users: Records<UserRecord>;
  languages: Records<LanguageRecord>;
}

/** Creates the record sets that belong to no outbreak. */
export function createServerRecords(connection: Connection): ServerRecords {
  return {
    outbreaks: new Records(connection, simpleSet('/outbreaks')),
    locations: new Records(connection, simpleSet('/locations')),
    referenceData: new ReferenceDataRecords(connection),
    teams: new Records(connection, simpleSet('/teams')),
    users: new Records(connection, simpleSet('/users', { update: 'PATCH' })),
    languages: new Records(connection, simpleSet('/languages')),
  };
}
