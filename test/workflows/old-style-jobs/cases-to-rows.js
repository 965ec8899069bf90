// Cases of one day become rows of a register: a callback as last argument, after an empty query.
listCases('3c5d1c6e-6a0e-4f0d-9f3e-8b7a5d1e2f30', {}, state => {
  const cases = state.data.filter(({ dateOfReporting }) => dateOfReporting === state.cursor);
  return { ...state, cases };
});

alterState(state => {
  const rows = state.cases.map(person => {
    const gender = person.gender.substring(person.gender.lastIndexOf('_') + 1);
    const phone = person.addresses[0].phoneNumber;
    return {
      name: `${person.firstName}, ${person.lastName || ''}`,
      active: person.classification.endsWith('_SUSPECT'),
      identifier: person.visualId,
      born: `1/1/${state.year - person.age.years}`,
      telephone: phone
        ? `${phone.substring(0, 3)}-${phone.substring(3, 6)}-${phone.substring(6)}`
        : undefined,
      gender: ['MALE', 'FEMALE'].includes(gender) ? gender : 'other',
    };
  });
  return { ...state, rows };
});

alterState(state => ({ ...state, data: [], references: [] }));
