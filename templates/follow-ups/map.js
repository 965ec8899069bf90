// @ts-check
// Which counts become which data values of DHIS2, all named by id or code. Nothing is written here.

aggregate({
  dataSet: 'MY_DATA_SET',
  dataValues: [
    { dataElement: 'MY_FOLLOW_UPS_SEEN', where: { status: ['SEEN_OK', 'SEEN_NOT_OK'] } },
    { dataElement: 'MY_FOLLOW_UPS_MISSED', where: { status: ['MISSED', 'NOT_ATTEMPTED'] } },
    { dataElement: 'MY_FOLLOW_UPS_NOT_PERFORMED', where: { status: ['NOT_PERFORMED', 'UNKNOWN'] } },
  ],
});
