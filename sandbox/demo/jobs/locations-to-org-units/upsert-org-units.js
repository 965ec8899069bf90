// @ts-check
// Writes what differs, after the plan: new ones, changes, and what is no longer active.

upsertOrgUnits();
