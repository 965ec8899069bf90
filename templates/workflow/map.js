// @ts-check
// Which counts become which data values of DHIS2, all named by id or code. Nothing is written here.

export const categoryOptions = {
  sex: { MALE: 'SEX_MALE', FEMALE: 'SEX_FEMALE', UNKNOWN: 'SEX_UNKNOWN' },
};

aggregate({
  dataSet: 'MY_DATA_SET',
  dataValues: [{ dataElement: 'MY_DATA_ELEMENT', categoryOptions }],
});
