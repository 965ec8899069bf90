#!/usr/bin/env bash
# @dhis2/multi-calendar-dates 2.1.2 (npm, the period library of DHIS2's web apps): a financial year that
# begins in November is named by the year in which it begins; DHIS2's server names it by the year in which
# it ends (FinancialNovemberPeriodType). "2016Nov" is valid on both sides but means different twelve
# months: values that a program writes with the library's ids are stored one year early, without an
# error. The years that begin in April, July and October are named by their beginning on both sides.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 >/dev/null 2>&1

cat >periods.cjs <<'JS'
const { createFixedPeriodFromPeriodId, getFixedPeriodByDate } = require('@dhis2/multi-calendar-dates');

const server = { start: '2015-11-01', end: '2016-10-31' };
const { startDate, endDate } = createFixedPeriodFromPeriodId({ calendar: 'gregory', periodId: '2016Nov' });
console.log(`2016Nov: library ${startDate} to ${endDate}, server ${server.start} to ${server.end}`);
for (const periodType of ['FYNOV', 'FYOCT']) {
  const { id } = getFixedPeriodByDate({ calendar: 'gregory', periodType, date: '2015-12-28' });
  console.log(`${periodType} of 2015-12-28: ${id}`);
}
JS
echo '@dhis2/multi-calendar-dates 2.1.2'
node periods.cjs | tee seen.txt
diff - seen.txt <<'SEEN'
2016Nov: library 2016-11-01 to 2017-10-31, server 2015-11-01 to 2016-10-31
FYNOV of 2015-12-28: 2015Nov
FYOCT of 2015-12-28: 2015Oct
SEEN
