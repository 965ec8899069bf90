// @ts-check
// Writes what differs, after the plan: new ones, changes, and what has closed or gone.

upsertLocations();
