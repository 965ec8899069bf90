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

/**
 * The records that all outbreaks of a server share, and the outbreaks. As in all such classes, each
 * set is a method: a bundled job contains only the sets that it uses.
 */
export class ServerRecords {
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  get outbreaks(): Records<OutbreakRecord> {
    return new Records(this.connection, simpleSet('/outbreaks'));
  }

  get locations(): Records<LocationRecord> {
    return new Records(this.connection, simpleSet('/locations'));
  }

  get referenceData(): ReferenceDataRecords {
    return new ReferenceDataRecords(this.connection);
  }

  get teams(): Records<TeamRecord> {
    return new Records(this.connection, simpleSet('/teams'));
  }

  get users(): Records<UserRecord> {
    return new Records(this.connection, simpleSet('/users', { update: 'PATCH' }));
  }

  get languages(): Records<LanguageRecord> {
    return new Records(this.connection, simpleSet('/languages'));
  }
}
