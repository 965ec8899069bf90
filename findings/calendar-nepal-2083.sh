#!/usr/bin/env bash
# DHIS2's period library @dhis2/multi-calendar-dates 2.1.2, with which its web apps convert dates, has wrong lengths of
# four months of the Nepali year 2083 (April 2026 to April 2027). From 17 October 2026 on, 88 days are a day off: who
# enters 3 Kartik as the day of onset stores 19 October instead of 20, and the monthly periods 208306 to 208310 begin or
# end a day too early. 31 Ashwin cannot be entered, two days that do not exist can. The lengths are published shortly
# before each year; what a table has for later years is a guess. nepali-date-converter 3.4.0, bikram-sambat 1.8.1 and
# nepali-datetime 2.0.0 (npm), whose tables differ elsewhere, agree on this year. Before it, DHIS2 alone differs only in
# Falgun 2055. Needs Node.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 nepali-date-converter@3.4.0 \
  bikram-sambat@1.8.1 nepali-datetime@2.0.0 >/dev/null 2>&1

cat >compare.cjs <<'JS'
const { convertToIso8601, generateFixedPeriods, validateDateString } = require('@dhis2/multi-calendar-dates');
const { default: FromConverter } = require('nepali-date-converter');
const { toGreg, daysInMonth } = require('bikram-sambat');
const { default: FromDatetime } = require('nepali-datetime');

const text = (year, month, day) => [year, ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
// Both make a date of midnight in Nepal, where this runs (TZ).
const local = (date) => text(date.getFullYear(), date.getMonth() + 1, date.getDate());
const libraries = {
  DHIS2: (year, month, day) => {
    const date = convertToIso8601(text(year, month, day), 'nepali');
    return text(date.year, date.month, date.day);
  },
  'nepali-date-converter': (year, month, day) => local(new FromConverter(year, month - 1, day).toJsDate()),
  'bikram-sambat': (year, month, day) => {
    const date = toGreg(year, month, day);
    return text(date.year, date.month, date.day);
  },
  'nepali-datetime': (year, month, day) => local(new FromDatetime(year, month - 1, day).getDateObject()),
};

console.log(`first day of a month of 2083 | ${Object.keys(libraries).join(' | ')}`);
for (let month = 1; month <= 12; month += 1) {
  console.log([text(2083, month, 1), ...Object.values(libraries).map((of) => of(2083, month, 1))].join('|'));
}
console.log('periods of DHIS2, in its own dates:');
for (const period of generateFixedPeriods({ year: 2083, calendar: 'nepali', periodType: 'MONTHLY', locale: 'en' })) {
  if (/0[6-9]$|10$/.test(period.id)) console.log(`${period.id}: ${period.startDate} to ${period.endDate}`);
}
for (const date of ['2083-06-31', '2083-08-30', '2083-10-30']) {
  const [year, month, day] = date.split('-').map(Number);
  const exists = day <= daysInMonth(year, month) ? 'exists' : 'does not exist';
  const { error } = validateDateString(date, { calendar: 'nepali' });
  console.log(`${date} ${exists}; DHIS2 ${error ? 'refuses' : 'accepts'} it`);
}

const { DHIS2, ...others } = libraries;
const odd = {};
for (let year = 2050; year <= 2083; year += 1) {
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= daysInMonth(year, month); day += 1) {
      const said = new Set(Object.values(others).map((of) => of(year, month, day)));
      // Only where the others agree.
      if (said.size === 1 && !said.has(DHIS2(year, month, day))) odd[year] = (odd[year] ?? 0) + 1;
    }
  }
}
console.log(`days of 2050 to 2083 that DHIS2 alone converts to another day: ${JSON.stringify(odd)}`);
JS
TZ=Asia/Kathmandu node compare.cjs | tee seen.txt
diff - seen.txt <<'SEEN'
first day of a month of 2083 | DHIS2 | nepali-date-converter | bikram-sambat | nepali-datetime
2083-01-01|2026-04-14|2026-04-14|2026-04-14|2026-04-14
2083-02-01|2026-05-15|2026-05-15|2026-05-15|2026-05-15
2083-03-01|2026-06-15|2026-06-15|2026-06-15|2026-06-15
2083-04-01|2026-07-17|2026-07-17|2026-07-17|2026-07-17
2083-05-01|2026-08-17|2026-08-17|2026-08-17|2026-08-17
2083-06-01|2026-09-17|2026-09-17|2026-09-17|2026-09-17
2083-07-01|2026-10-17|2026-10-18|2026-10-18|2026-10-18
2083-08-01|2026-11-16|2026-11-17|2026-11-17|2026-11-17
2083-09-01|2026-12-16|2026-12-16|2026-12-16|2026-12-16
2083-10-01|2027-01-14|2027-01-15|2027-01-15|2027-01-15
2083-11-01|2027-02-13|2027-02-13|2027-02-13|2027-02-13
2083-12-01|2027-03-15|2027-03-15|2027-03-15|2027-03-15
periods of DHIS2, in its own dates:
208306: 2083-06-01 to 2083-06-30
208307: 2083-07-01 to 2083-07-30
208308: 2083-08-01 to 2083-08-30
208309: 2083-09-01 to 2083-09-29
208310: 2083-10-01 to 2083-10-30
2083-06-31 exists; DHIS2 refuses it
2083-08-30 does not exist; DHIS2 accepts it
2083-10-30 does not exist; DHIS2 accepts it
days of 2050 to 2083 that DHIS2 alone converts to another day: {"2055":30,"2083":88}
SEEN
