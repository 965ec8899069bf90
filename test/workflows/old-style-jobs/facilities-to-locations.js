// Hospitals of a directory become locations below one parent.
alterState(state => {
  const facilities = Object.values(state.data)
    .filter(facility => facility.attributes && facility.attributes.amenity === 'hospital')
    .filter(facility => facility.attributes.name !== undefined);
  return { ...state, facilities };
});

each(
  '$.facilities[*]',
  alterState(state => {
    const { attributes, centroid } = state.data;
    const data = {
      name: attributes.name,
      identifiers: [{ description: 'uuid', code: attributes.uuid }],
      geoLocation: { lat: centroid.coordinates[1], lng: centroid.coordinates[0] },
      active: true,
      parentLocationId: 'DistrictN01',
      geographicalLevelId:
        'LNG_REFERENCE_DATA_CATEGORY_LOCATION_GEOGRAPHICAL_LEVEL_HOSPITAL_FACILITY',
    };
    return upsertLocation('name', { data })(state);
  }),
);
