#!/usr/bin/env bash
# @dhis2/multi-calendar-dates 2.1.2 (npm), the calendars of DHIS2's web apps, loses the Ethiopian and the Coptic
# calendar where ICU is 78: the same program works on Node 24.0.0, which has ICU 77, and not on 24.21.0, nor on 20.20.2
# and 22.23.3, which have 78. No day converts, in either direction, and no period can be made; that ends with a
# RangeError. To check what a user enters does not: every Ethiopian date is invalid, as a wrong one is. ICU 78 calls the
# eras AM and AA, earlier ones ERA1 and ERA0, and the Temporal polyfill that the library depends on knows only those.
# Nepali, Persian and Islamic dates are as before. Browsers bring their own ICU, so an update of the browsers can stop
# all forms of a country from taking dates, with DHIS2 unchanged. What is right is computed by the rule: day 1 is 29
# August 8 of the Julian calendar, a year has 365 days, and a sixth day of Pagume if it leaves 3 when divided by 4.
# Needs Node.
set -euo pipefail
export TZ=UTC
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 node-77@npm:node@24.0.0 \
  node-78@npm:node@24.21.0 >/dev/null

cat >dates.cjs <<'JS'
const {
  convertFromIso8601, convertToIso8601, createFixedPeriodFromPeriodId, generateFixedPeriods, validateDateString,
} = require('@dhis2/multi-calendar-dates');

const pad = (number) => String(number).padStart(2, '0');
const text = (year, month, day) => [year, pad(month), pad(day)].join('-');
const rule = (time) => {
  const days = time / 86400000 + 716367;
  const year = Math.floor((4 * days + 1463) / 1461);
  const left = days - 365 * (year - 1) - Math.floor(year / 4);
  return text(year, Math.floor(left / 30) + 1, (left % 30) + 1);
};
const tried = (what) => {
  try {
    return what();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
const era = (calendar) => {
  const parts = new Intl.DateTimeFormat(`en-u-ca-${calendar}`, { era: 'short' }).formatToParts(0);
  return parts.find(({ type }) => type === 'era').value;
};

console.log(`Node ${process.versions.node}, ICU ${process.versions.icu.split('.')[0]}`);
console.log(`eras: ${['ethiopic', 'ethioaa', 'coptic'].map(era).join(', ')}`);
const right = { from: 0, to: 0, valid: 0 };
let count = 0;
for (let time = Date.UTC(2023, 8, 1); time < Date.UTC(2027, 8, 1); time += 86400000) {
  const iso = new Date(time).toISOString().slice(0, 10);
  const ethiopian = rule(time);
  count += 1;
  right.from += ethiopian === tried(() => {
    const { eraYear, month, day } = convertFromIso8601(iso, 'ethiopian');
    return text(eraYear, month, day);
  });
  right.to += iso === tried(() => {
    const { year, month, day } = convertToIso8601(ethiopian, 'ethiopian');
    return text(year, month, day);
  });
  right.valid += validateDateString(ethiopian, { calendar: 'ethiopian' }).valid;
}
console.log(`of ${count} days: from ISO 8601 ${right.from} right, to it ${right.to} right, ${right.valid} valid`);
const found = (date, calendar) => tried(() => {
  const { eraYear, month, day } = convertFromIso8601(date, calendar);
  return text(eraYear, month, day);
});
for (const [date, calendar] of [
  ['2026-09-11', 'ethiopian'], ['2026-09-11', 'coptic'], ['2026-09-11', 'nepali'], ['2026-09-11', 'persian'],
  ['2026-09-11', 'islamic'],
]) console.log(`${date} ${calendar}: ${found(date, calendar)}`);
console.log(`to ISO 8601, 2018-13-05: ${tried(() => JSON.stringify(convertToIso8601('2018-13-05', 'ethiopian')))}`);
console.log(`month 201807: ${tried(() => {
  const { startDate, endDate } = createFixedPeriodFromPeriodId({ periodId: '201807', calendar: 'ethiopian' });
  return `${startDate} to ${endDate}`;
})}`);
console.log(`months of 2018: ${tried(() =>
  generateFixedPeriods({ year: 2018, calendar: 'ethiopian', periodType: 'MONTHLY', locale: 'en' }).length)}`);
for (const date of ['2018-07-25', '2018-13-06', '2015-13-06']) {
  const { valid, validationText } = validateDateString(date, { calendar: 'ethiopian' });
  console.log(`entered ${date}: ${valid ? 'valid' : validationText}`);
}
JS
{
  node_modules/node-77/bin/node dates.cjs
  node_modules/node-78/bin/node dates.cjs
} | tee seen.txt
diff - seen.txt <<'SEEN'
Node 24.0.0, ICU 77
eras: ERA1, ERA0, ERA1
of 1461 days: from ISO 8601 1461 right, to it 1461 right, 1461 valid
2026-09-11 ethiopian: 2019-01-01
2026-09-11 coptic: 1743-01-01
2026-09-11 nepali: 2083-05-26
2026-09-11 persian: 1405-06-20
2026-09-11 islamic: 1448-03-30
to ISO 8601, 2018-13-05: {"year":2026,"month":9,"day":10}
month 201807: 2018-07-01 to 2018-07-30
months of 2018: 12
entered 2018-07-25: valid
entered 2018-13-06: Invalid date in specified calendar
entered 2015-13-06: valid
Node 24.21.0, ICU 78
eras: AM, AA, AM
of 1461 days: from ISO 8601 0 right, to it 0 right, 0 valid
2026-09-11 ethiopian: RangeError: Era am (ISO year 2019) was not matched by any era
2026-09-11 coptic: RangeError: Era am (ISO year 1743) was not matched by any era
2026-09-11 nepali: 2083-05-26
2026-09-11 persian: 1405-06-20
2026-09-11 islamic: 1448-03-30
to ISO 8601, 2018-13-05: RangeError: Era am (ISO year 2018) was not matched by any era
month 201807: RangeError: Era aa (ISO year 2017) was not matched by any era
months of 2018: RangeError: Era aa (ISO year 2017) was not matched by any era
entered 2018-07-25: Invalid date in specified calendar
entered 2018-13-06: Invalid date in specified calendar
entered 2015-13-06: Invalid date in specified calendar
SEEN
