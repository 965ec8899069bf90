import type { MappedOrgUnit } from '#common/handover/mapped-org-unit-batch.js';
import type { Rejected } from '#common/reporting/report.js';
import type { KnownOrgUnit } from './org-unit-index.js';

/** An org unit that Go.Data has the say about. */
export interface Target {
  uid: string;
  mapped: MappedOrgUnit;
  /** UID of the parent; null at the top, undefined where it stays. */
  parent: string | null | undefined;
  /** Present when it is there already. */
  existing?: KnownOrgUnit;
  /** It was in DHIS2 before, and comes back. */
  isRestored?: true;
  /** Its code must stay: nobody would find it again by anything else. */
  keepsCode?: true;
}

/** What the locations of a batch mean in DHIS2. */
export interface Targets {
  /** Parents before children. */
  targets: Target[];
  /** UIDs of org units whose location was deleted in Go.Data, by location id. */
  deleted: Map<string, KnownOrgUnit>;
  /** Locations whose org unit DHIS2 has the say about. */
  leftAlone: number;
  rejected: Rejected[];
}
