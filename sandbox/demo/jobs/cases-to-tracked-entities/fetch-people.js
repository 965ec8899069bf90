// @ts-check
// The outbreak whose cases and contacts become tracked entities.

// The outbreak, by its exact name as Go.Data shows it. The run's input `outbreakId` overrides it.
const outbreakName = 'COVID-19';

fetchPeople({
  outbreak: state => (state.outbreakId ? { id: state.outbreakId } : { name: outbreakName }),
});
