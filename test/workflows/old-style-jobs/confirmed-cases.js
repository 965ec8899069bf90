// Confirmed cases of one day are counted: a query, an empty object after it, a callback.
getCase(
  '3c5d1c6e-6a0e-4f0d-9f3e-8b7a5d1e2f30',
  { where: { classification: 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_CONFIRMED' } },
  {},
  state => {
    const found = state.data.filter(({ dateOfReporting }) => dateOfReporting === state.cursor);
    if (found.length === 0) return state;
    const days = found.map(({ dateOfReporting }) => dateOfReporting).sort();
    const summary = { dateOfReporting: days[days.length - 1], value: found.length };
    return { ...state, summary };
  },
);

alterState(state => ({ ...state, data: {}, references: [] }));
