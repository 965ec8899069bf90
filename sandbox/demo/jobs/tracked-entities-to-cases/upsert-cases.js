// @ts-check
// The outbreak that people are written to. Only differences are written.

// { name }: this outbreak, by its exact name.
// { id }: this outbreak. The run's input `outbreakId` overrides all of these.
// { each: { level: 3 } }: one for each org unit of this level; a person goes to the nearest above.
// { each: 'org-unit-with-cases' }: one for each org unit that has cases.
const outbreak = {
  name: 'COVID-19',
  // true: an outbreak that does not exist is created; false: the run stops, as after a typing error.
  create: false,
  // What a new outbreak has; other fields get the values that Go.Data suggests.
  parameters: {
    disease: 'LNG_REFERENCE_DATA_CATEGORY_DISEASE_2019_N_CO_V',
    countries: [],
    periodOfFollowup: 14,
    caseIdMask: 'CASE-9999999',
    contactIdMask: 'CONTACT-9999999',
  },
};

upsertCases({
  outbreak: state => (state.outbreakId ? { id: state.outbreakId } : outbreak),
  // true: Go.Data numbers new people by the outbreak's masks.
  visualIds: true,
});
