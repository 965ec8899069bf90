import type { WebMessageFields } from '../../http/web-message-fields.js';
import { hasChange, type ServerVersion } from '../../versions/version.js';
import type { TrackerKind } from '../types.js';

/** An order that causes an error in the server's own SQL. */
export interface BrokenOrder {
  kind: TrackerKind;
  fields: readonly string[];
  refusal: WebMessageFields;
}

/**
 * How reading differs by version, as data: requests that real servers refuse because of their own
 * faults, and how they sort equal objects (dhis2 LIVE, "First: what breaks a user", 208, 209, 228).
 */
export interface ReadDialect {
  brokenOrders: readonly BrokenOrder[];
  /**
   * The refusal of a tracked entity type together with `includeDeleted`; undefined if that works.
   */
  typeWithDeleted: WebMessageFields | undefined;
  /**
   * Whether a list that includes deleted objects is a 404 if a relationship has a deleted tracked
   * entity.
   */
  losesDeletedEnds: boolean;
  /** Which of several equal objects comes first. */
  ties: 'oldest' | 'newest';
  /**
   * Whether values of attributes and data elements that the user may not read are omitted, and
   * cannot be searched for (dhis2 LIVE, "Master (2.44 ...) and branch 2.43 after 2.43.1").
   */
  hidesUnreadable: boolean;
  /** Whether refusals have codes: E1003, E1005 and E1006. */
  hasCodes: boolean;
}

const AMBIGUOUS_UID: WebMessageFields = {
  message: 'Query failed because of a syntax error (SqlState: 42702)',
  devMessage: 'ERROR: column reference "uid" is ambiguous\n  Position: 28',
  errorCode: 'E7145',
};

const BROKEN_ORDERS: Readonly<Record<number, readonly BrokenOrder[]>> = {
  42: [
    // Recording 308.
    {
      kind: 'enrollments',
      fields: ['createdAt', 'updatedAt'],
      refusal: { message: 'ERROR: column reference "created" is ambiguous\n  Position: 1406' },
    },
  ],
  43: [
    // Recordings 281 and 283.
    { kind: 'trackedEntities', fields: ['trackedEntity'], refusal: AMBIGUOUS_UID },
    { kind: 'events', fields: ['program'], refusal: AMBIGUOUS_UID },
  ],
};

/** The dialect of a version. */
export function createReadDialect(server: ServerVersion): ReadDialect {
  const { minor } = server;
  return {
    // The faults of 2.43 are also in the sources of the next 2.43 and of 2.44.
    brokenOrders: BROKEN_ORDERS[Math.min(minor, 43)] ?? [],
    // Recording 279.
    typeWithDeleted:
      minor === 42
        ? {
            message: 'Query failed because of a syntax error (SqlState: 42601)',
            devMessage:
              'ERROR: trailing junk after numeric literal at or near "266ORDER"\n  Position: 954',
            errorCode: 'E7145',
          }
        : undefined,
    losesDeletedEnds: minor === 41,
    ties: minor === 41 || minor === 42 ? 'newest' : 'oldest',
    hidesUnreadable: hasChange(server, { 43: 2 }),
    hasCodes: minor >= 41,
  };
}
