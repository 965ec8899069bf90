// Rows of a register become cases: alterState inside each, and a direct call of the operation.
alterState(state => {
  const rows = state.rows.filter(row => row.active);
  return { ...state, rows };
});

each(
  '$.rows[*]',
  alterState(state => {
    const row = state.data;
    const [firstName, lastName] = row.name.split(' ');
    const data = {
      firstName,
      lastName,
      classification: 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_SUSPECT',
      visualId: row.identifier,
      age: { years: state.year - parseInt(row.born.slice(0, 4), 10) },
      addresses: [
        {
          typeId: 'LNG_REFERENCE_DATA_CATEGORY_ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE',
          locationId: row.place,
        },
      ],
      dateOfReporting: row.registered,
    };
    return upsertCase(state.outbreak, 'visualId', { data })(state);
  }),
);
