// @ts-check
// Writes what differs, after the plan. Nothing is deleted.

upsertReferenceItems();
