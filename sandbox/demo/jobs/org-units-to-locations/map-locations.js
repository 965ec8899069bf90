// @ts-check
// What an org unit is in Go.Data. Its id becomes the location's, its parent the location's parent.

export const toLocation = orgUnit => ({
  name: orgUnit.name,
  synonyms: [orgUnit.shortName],
  identifiers: [{ code: orgUnit.code, description: 'DHIS2 code' }],
  // The root is level 0; what lies deeper than Go.Data's level 9 shares that one.
  geographicalLevelId: adminLevel(orgUnit.depth),
  // { lat, lng }; without it, the coordinates that Go.Data has stay.
  geoLocation: orgUnit.point,
  active: !orgUnit.closed,
});

mapLocations(toLocation, {
  // For siblings of one name, which Go.Data refuses.
  distinctName: (name, orgUnit) => `${name} (${orgUnit.code ?? orgUnit.id})`,
  // A location made by hand with the same parent, and the same name or code, is linked to the org
  // unit; [] links none.
  link: ['name', 'code'],
  // Marks the locations that are kept in step; two DHIS2 servers need two.
  mark: 'DHIS2 id',
});
