// @ts-check
// How the values are written: only those that differ, after everything has been checked.

upsertDataValues();
