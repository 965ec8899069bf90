// The count becomes one data value, by a direct call of the operation.
alterState(state => {
  if (state.summary === undefined) return state;
  const { dateOfReporting, value } = state.summary;
  const day = dateOfReporting.substring(0, 10);
  const dataValue = {
    completeDate: day,
    dataSet: state.target.dataSet,
    period: day.replace(/-/g, ''),
    orgUnit: state.target.orgUnit,
    dataValues: [{ dataElement: state.target.dataElement, value }],
  };
  return dataValueSet(dataValue)(state);
});
