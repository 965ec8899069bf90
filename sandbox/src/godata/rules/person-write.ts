import type { GoDataContext } from '../context.js';
import type { PersonKind } from '../models.js';
import type { GoDataRecord, User } from '../types.js';

/** Who writes which kind of person into which outbreak. */
export interface PersonWrite {
  context: GoDataContext;
  kind: PersonKind;
  outbreak: GoDataRecord;
  user: User;
  /** What created records say of their origin. @default 'API' */
  createdOn?: string;
}
