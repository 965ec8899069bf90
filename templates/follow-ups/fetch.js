// @ts-check
// What to read from Go.Data, and how it is counted. Nothing is written here.

// The outbreak, by its exact name as Go.Data shows it. The run's input `outbreakId` overrides it.
const outbreakName = 'Demonstration outbreak';

// The DHIS2 period type of the data set: Daily, Weekly, WeeklySunday, Monthly...
const periodType = 'Weekly';

// Follow-ups are planned ahead: only those until today.
const untilToday = state => ({
  date: { lte: state.today ?? new Date().toISOString().slice(0, 10) },
});

tally('follow-ups', {
  outbreak: state => (state.outbreakId ? { id: state.outbreakId } : { name: outbreakName }),
  periodType,
  where: untilToday,
  // More: sex: ofPerson(sex()), age: ofPerson(ageBand([5, 15, 65])).
  dimensions: { status: followUpStatus() },
});
