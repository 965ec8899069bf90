/**
 * What a cursor belongs to. It travels inside the cursor: a cursor is moved and bound at once, or
 * neither. A cursor of an earlier version has none.
 */
export interface BoundTo {
  /** DHIS2: its system id, or where the account is not told it, id → creation time of its top org units. */
  dhis2?: { systemId: string } | { roots: Record<string, string> };
  /** Outbreaks of Go.Data: id → creation time. */
  outbreaks?: Record<string, string>;
  /** Programs of DHIS2: kind of person → id. */
  programs?: Record<string, string>;
  /** Hash of the text of the jobs, if the host tells it (`state.jobsHash`). */
  jobs?: string;
  /** Hash of what the mapping step was given. */
  mapping?: string;
  /** The next run reads everybody again: the mapping has changed, and nobody was read for it yet. */
  readAgain?: true;
  /** How many records of each kind this workflow has in the target: `{ people: 481 }`. */
  owned?: Record<string, number>;
  /** This run, or those that it continues, read everybody; `owned` is being counted. */
  isWhole?: true;
  /** Everybody is being read, and the next run continues with those that are left. */
  goesOn?: true;
  /** The first day of the first run, `yyyy-MM-dd`. People are read again from this day on. */
  since?: string;
  /**
   * The present of the server that the cursor is a time of, when it was read, and the present of
   * the host, when the cursor was moved. The writing step adds the second.
   */
  clocks?: { server: string; host?: string };
}
