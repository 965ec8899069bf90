// @ts-check
// What a location is in DHIS2. Its parent becomes the org unit's parent; the code of a new org unit is
// the location's id, unless a code is given here.

export const toOrgUnit = location => ({
  name: location.name,
  // At most 50 letters in DHIS2; what is longer is cut.
  shortName: location.name,
  // { lat, lng }; without it, the coordinates that DHIS2 has stay.
  point: location.point,
  // Closes on the day of the run; opens again when the location is active again.
  closed: !location.active,
});

mapOrgUnits(toOrgUnit, {
  // Which system wins for org units that did not come from Go.Data: 'dhis2' leaves them as they are.
  owner: 'dhis2',
  // When a location is deleted in Go.Data: 'close' closes its org unit, nothing deletes it.
  whenDeleted: 'leave',
  // First day of a new org unit. DHIS2 may take no data from before that day.
  openingDate: '1970-01-01',
  // Id or code of the org unit for new ones whose location has no parent; undefined: the top.
  under: undefined,
  // The mark that mapLocations leaves, and the name of this Go.Data: the same in both jobs.
  mark: 'DHIS2 id',
  server: 'godata',
});
