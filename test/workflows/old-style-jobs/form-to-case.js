// A submitted form becomes a case: the data are a function, some of their keys are flat.
upsertCase('3c5d1c6e-6a0e-4f0d-9f3e-8b7a5d1e2f30', 'visualId', {
  data: state => {
    const form = state.data.body;
    return {
      firstName: form.patient.split(' ')[0],
      lastName: form.patient.split(' ')[1],
      classification: 'LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_SUSPECT',
      visualId: form.number,
      'age:years': form.age,
      'addresses:country': form.country,
      gender: form.sex,
      dateOfReporting: form.day,
    };
  },
});
