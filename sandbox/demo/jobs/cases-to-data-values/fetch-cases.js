// @ts-check
// The cases to read from Go.Data, and how they are counted.

// The outbreak, by its exact name as Go.Data shows it. The run's input `outbreakId` overrides it.
const outbreakName = 'Demonstration outbreak';

// The date that puts a case into a period: dateOfReporting, dateOfOnset, dateOfOutcome, dateBecomeCase.
const dateField = 'dateOfReporting';

// The DHIS2 period type of the data set: Daily, Weekly, WeeklySunday, Monthly...
const periodType = 'Weekly';

// Ages at which a new band begins: 0-4, 5-14, 15-24, 25-49, 50-64, 65+.
export const ageBoundaries = [5, 15, 25, 50, 65];

tally('cases', {
  outbreak: state => (state.outbreakId ? { id: state.outbreakId } : { name: outbreakName }),
  dateField,
  periodType,
  // All periods; or { last: 12 }; or { since: '2026-01-01', until: '2026-06-30' }.
  window: state => (state.since ? { since: state.since } : 'all'),
  dimensions: {
    classification: classification(),
    sex: sex(),
    age: ageBand(ageBoundaries),
    outcome: outcome(),
    hospitalised: inDateRange('HOSPITALIZATION'),
  },
});
