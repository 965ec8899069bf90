// @ts-check
// What to read from Go.Data, and how it is counted. Nothing is written here.

// The outbreak, by its exact name as Go.Data shows it. The run's input `outbreakId` overrides it.
const outbreakName = 'Demonstration outbreak';

// The DHIS2 period type of the data set: Daily, Weekly, WeeklySunday, Monthly...
const periodType = 'Weekly';

tally('contacts', {
  outbreak: state => (state.outbreakId ? { id: state.outbreakId } : { name: outbreakName }),
  periodType,
  dimensions: { sex: sex() },
});
