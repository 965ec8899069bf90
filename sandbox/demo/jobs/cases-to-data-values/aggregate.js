// @ts-check
// Which counts make which data values of DHIS2. Data sets, data elements and category options are
// named by id, code or exact name.

const dataSet = 'OUTBREAK_WEEKLY';

// Go.Data's classifications; countries add their own.
const confirmed = [
  'CONFIRMED',
  'CONFIRMED_ASYMPTOMATIC',
  'CONFIRMADO_POR_LABORATORIO',
  'CONFIRMADO_POR_CRITERIO_EPIDEMIOLOGICO',
];
const anyCase = ['SUSPECT', 'PROBABLE', ...confirmed];

export const categoryOptions = {
  sex: { MALE: 'SEX_MALE', FEMALE: 'SEX_FEMALE', UNKNOWN: 'SEX_UNKNOWN' },
  age: {
    '0-4': 'AGE_0_4',
    '5-14': 'AGE_5_14',
    '15-24': 'AGE_15_24',
    '25-49': 'AGE_25_49',
    '50-64': 'AGE_50_64',
    '65+': 'AGE_65_PLUS',
    UNKNOWN: 'AGE_UNKNOWN',
  },
};

aggregate({
  dataSet,
  // How a Go.Data location becomes an org unit: by its id, else by a code among its identifiers. Cases
  // roll up to the nearest org unit that the data set is assigned to; `level: 3` chooses a level instead.
  orgUnits: { by: ['id', 'code'] },
  leaveOut: { classification: 'NOT_A_CASE_DISCARDED' },
  dataValues: [
    {
      dataElement: 'OUTBREAK_CASES_SUSPECTED',
      where: { classification: 'SUSPECT' },
      categoryOptions,
    },
    {
      dataElement: 'OUTBREAK_CASES_PROBABLE',
      where: { classification: 'PROBABLE' },
      categoryOptions,
    },
    {
      dataElement: 'OUTBREAK_CASES_CONFIRMED',
      where: { classification: confirmed },
      categoryOptions,
    },
    {
      dataElement: 'OUTBREAK_DEATHS',
      where: { classification: anyCase, outcome: 'DECEASED' },
      categoryOptions,
    },
    {
      dataElement: 'OUTBREAK_CASES_HOSPITALISED',
      where: { classification: anyCase, hospitalised: 'YES' },
      categoryOptions,
    },
  ],
});
