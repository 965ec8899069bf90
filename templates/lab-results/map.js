// @ts-check
// Which counts become which data values of DHIS2, all named by id or code. Nothing is written here.

aggregate({
  dataSet: 'MY_DATA_SET',
  dataValues: [
    // All of them, also those without a result yet.
    { dataElement: 'MY_LAB_TESTS' },
    { dataElement: 'MY_LAB_TESTS_POSITIVE', where: { result: 'POSITIVE' } },
  ],
});
