import type { MappedOrgUnit } from '#common/handover/mapped-org-unit-batch.js';
import type { Rejected } from '#common/reporting/report.js';
import type { KnownOrgUnit } from './org-unit-index.js';

/** An org unit that Go.Data owns. */
export interface Target {
  uid: string;
  mapped: MappedOrgUnit;
  /** UID of the parent; null at the top, undefined to leave it where it is. */
  parent: string | null | undefined;
  /** Present when the org unit exists. */
  existing?: KnownOrgUnit;
  /** Whether DHIS2 had it before and it is created again. */
  isRestored?: true;
  /** Whether its code must stay, because only the code identifies it. */
  keepsCode?: true;
}

/** The org units for the locations of a batch. */
export interface Targets {
  /** Parents before children. */
  targets: Target[];
  /** Org units whose location was deleted in Go.Data, by location id. */
  deleted: Map<string, KnownOrgUnit>;
  /** Number of locations whose org unit belongs to DHIS2. */
  leftAlone: number;
  rejected: Rejected[];
}
