// @ts-check
// Which option sets of DHIS2 become reference data, by name, code or id.

fetchOptions({ optionSets: ['Vaccine types'] });
