#!/usr/bin/env bash
# @dhis2/multi-calendar-dates 2.1.2 (npm, the period library of DHIS2's web apps): at the end of years
# with 53 weeks it returns a two-week period (BIWEEKLY) that does not contain the given day.
# 29 December 2020 is "2021BiW1", which begins on 4 January 2021; 1 January 2021 is "2020BiW26", which
# ended on 27 December. The fourteen days between belong to no period of the library, also in the Nepali
# calendar. DHIS2's server has a 27th period there (2020BiW27, 2020-12-28 to 2021-01-10).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 >/dev/null 2>&1

cat >periods.cjs <<'JS'
const { createFixedPeriodFromPeriodId, getFixedPeriodByDate } = require('@dhis2/multi-calendar-dates');

const seen = [];
for (const [calendar, date] of [
  ['gregory', '2020-12-27'], ['gregory', '2020-12-29'], ['gregory', '2021-01-01'], ['gregory', '2021-01-04'],
  ['nepali', '2079-12-29'], ['nepali', '2080-01-01'],
]) {
  const { id, startDate, endDate } = getFixedPeriodByDate({ calendar, periodType: 'BIWEEKLY', date });
  const holds = startDate <= date && date <= endDate;
  seen.push(`${calendar} ${date}: ${id}, ${startDate} to ${endDate}${holds ? '' : ' (without that day)'}`);
}
try {
  seen.push(createFixedPeriodFromPeriodId({ calendar: 'gregory', periodId: '2020BiW27' }).startDate);
} catch {
  seen.push('2020BiW27: refused');
}
console.log(seen.join('\n'));
JS
echo '@dhis2/multi-calendar-dates 2.1.2'
node periods.cjs | tee seen.txt
diff - seen.txt <<'SEEN'
gregory 2020-12-27: 2020BiW26, 2020-12-14 to 2020-12-27
gregory 2020-12-29: 2021BiW1, 2021-01-04 to 2021-01-17 (without that day)
gregory 2021-01-01: 2020BiW26, 2020-12-14 to 2020-12-27 (without that day)
gregory 2021-01-04: 2021BiW1, 2021-01-04 to 2021-01-17
nepali 2079-12-29: 2080BiW1, 2080-01-04 to 2080-01-17 (without that day)
nepali 2080-01-01: 2079BiW26, 2079-12-13 to 2079-12-26 (without that day)
2020BiW27: refused
SEEN
