// @ts-check
// Which option set becomes which category of Go.Data's reference data, and what an option is there.

export const toItem = option => ({
  label: option.name,
  // By its code an item is found again, so that a renamed option keeps its item.
  code: option.code,
  order: option.sortOrder,
  active: true,
});

// Items whose option is no longer in DHIS2 stay as they are; the page has whenGone.
const optionSets = [{ optionSet: 'Vaccine types', category: 'VACCINE', toItem }];

mapReferenceData(optionSets, {
  // For a label that the category has already, and for a code that Go.Data has already.
  distinctLabel: (label, option) => `${label} (${option.code})`,
  distinctCode: (code, optionSet) => `${optionSet.code ?? optionSet.id}:${code}`,
  // Marks the items that are kept in step; two DHIS2 servers need two.
  mark: 'DHIS2 option',
});
