// @ts-check
// How the values are written: only those that differ, after everything has been checked.
// Choices, and what each means, are on this workflow's page.

upsertDataValues({
  owner: 'outbreak', // values of others are never set to zero; 'data-set' when nothing else fills it
  explicitZeros: false, // true: a zero in every cell of each org unit and period with a count
  closedPeriods: 'stop', // 'report': leave values of closed periods out, write the rest
  complete: false, // true: register each ended org unit and period as complete
});
