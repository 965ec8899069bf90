// @ts-check
// What to read from Go.Data, and how it is counted. Nothing is written here.

// The outbreak, by its exact name as Go.Data shows it. The run's input `outbreakId` overrides it.
const outbreakName = 'Demonstration outbreak';

// The DHIS2 period type of the data set: Daily, Weekly, WeeklySunday, Monthly...
const periodType = 'Weekly';

// The date that puts a result into a period: dateSampleTaken, dateSampleDelivered, dateTesting or
// dateOfResult.
const dateField = 'dateSampleTaken';

tally('lab-results', {
  outbreak: state => (state.outbreakId ? { id: state.outbreakId } : { name: outbreakName }),
  dateField,
  periodType,
  // More: test: referenceData('testType', 'TYPE_OF_LAB_TEST'), sex: ofPerson(sex()).
  dimensions: { result: referenceData('result', 'LAB_TEST_RESULT') },
});
