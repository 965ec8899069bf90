import type { GoDataContext } from '../context.js';
import type { PersonKind } from '../models.js';
import type { GoDataRecord, User } from '../types.js';

/** The user, the kind of person and the outbreak of a write. */
export interface PersonWrite {
  context: GoDataContext;
  kind: PersonKind;
  outbreak: GoDataRecord;
  user: User;
  /** The origin that created records have. @default 'API' */
  createdOn?: string;
}
