#!/usr/bin/env bash
# Three libraries that convert dates between the Ethiopian and the Gregorian calendar return wrong days without an
# error: ethiopian-calendar-new 1.1.0 (npm) and ethiotime 1.0.2 (PyPI) a whole year of four, by one day and both the
# same, so that one confirms the other; ethiopian-calendar 0.1.0 (PyPI) the sixth day of Pagume of each leap year, by
# a year. The year 2016 began on 12 September 2023; they begin it a day earlier, as will happen with 2020 in September
# 2027. Onsets, births and the days of a report move to the day before or after, and those at the end of a month to
# another month. ethiopian-date 0.0.6 and kenat 3.2.0 (npm) agree with the calendar of ICU, which browsers have, and
# with the rule: day 1 is 29 August 8 of the Julian calendar, a year has 365 days, and a sixth day of Pagume if it
# leaves 3 when divided by 4. Needs Node with its full ICU and Python of 3.10 or later.
set -euo pipefail
export TZ=UTC
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ethiopian-calendar-new@1.1.0 ethiopian-date@0.0.6 kenat@3.2.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ethiotime==1.0.2 ethiopian-calendar==0.1.0

# Every line is a Gregorian day and what a library says of it: its Ethiopian date, and the day of the true Ethiopian date.
cat >convert.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import ethiopianDate from 'ethiopian-date';
import { toEthiopian, toGregorian } from 'ethiopian-calendar-new';
import { toEC, toGC } from 'kenat';

const calendar = new Intl.DateTimeFormat('en-u-ca-ethiopic-nu-latn', { year: 'numeric', month: 'numeric', day: 'numeric' });
const text = ({ year, month, day }) => [year, month, day].join('-');
const list = ([year, month, day]) => text({ year, month, day });
const out = { icu: [], 'ethiopian-calendar-new': [], 'ethiopian-date': [], kenat: [] };
for (let time = Date.UTC(1990, 0, 1); time < Date.UTC(2040, 0, 1); time += 86400000) {
  const day = new Date(time);
  const given = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  const parts = Object.fromEntries(calendar.formatToParts(day).map(({ type, value }) => [type, Number(value)]));
  const real = [parts.year, parts.month, parts.day];
  out.icu.push([list(given), list(real), list(given)]);
  out['ethiopian-calendar-new'].push([list(given), text(toEthiopian(...given)), text(toGregorian(...real))]);
  out['ethiopian-date'].push([list(given), list(ethiopianDate.toEthiopian(...given)), list(ethiopianDate.toGregorian(...real))]);
  out.kenat.push([list(given), text(toEC(...given)), text(toGC(...real))]);
}
for (const [name, lines] of Object.entries(out)) {
  writeFileSync(`${name}.txt`, lines.map((line) => line.join(' ')).join('\n') + '\n');
}
JS
cat >convert.py <<'PY'
from datetime import date, timedelta

from ethiopian_calendar import EthiopicDate
from ethiotime.calendar_service import CalendarService


def rule(day):
    days = day.toordinal() - 2796
    year = (4 * days + 1463) // 1461
    month, left = divmod(days - 365 * (year - 1) - year // 4, 30)
    return year, month + 1, left + 1


def text(parts):
    return "{}-{}-{}".format(*parts)


def gregorian(convert, parts):
    try:
        day = convert(*parts)
    except ValueError:
        return "refused"
    return text((day.year, day.month, day.day))


day = date(1990, 1, 1)
with open("rule.txt", "w") as rules, open("ethiotime.txt", "w") as first, open("ethiopian-calendar.txt", "w") as second:
    while day < date(2040, 1, 1):
        given, real = text((day.year, day.month, day.day)), rule(day)
        print(given, text(real), given, file=rules)
        print(given, text(CalendarService.gc_to_ec(day)), gregorian(CalendarService.ec_to_gc, real), file=first)
        found = EthiopicDate.from_gregorian(day)
        back = gregorian(lambda *parts: EthiopicDate(*parts).to_gregorian(), real)
        print(given, text((found.year, found.month, found.day)), back, file=second)
        day += timedelta(days=1)
PY
node convert.mjs
venv/bin/python convert.py

{
  echo 'library: days of 1990 to 2039, of 18262, converted wrongly to the Ethiopian calendar, and from it'
  for name in rule ethiopian-date kenat ethiopian-calendar-new ethiotime ethiopian-calendar; do
    paste -d' ' icu.txt $name.txt \
      | awk -v name=$name '{ to += $2 != $5; from += $3 != $6 } END { print name ": " to + 0 ", " from + 0 }'
  done
  echo 'the same wrong days: ethiopian-calendar-new and ethiotime'
  paste -d' ' icu.txt ethiopian-calendar-new.txt ethiotime.txt | awk '$2 != $5 && $5 == $8' | wc -l
  echo 'Gregorian | ICU | ethiopian-calendar-new | ethiotime | ethiopian-calendar'
  for day in 2023-9-10 2023-9-11 2023-9-12 2024-3-9 2024-3-10 2024-9-10 2024-9-11 2026-11-30 2027-9-11 2027-9-12; do
    for name in icu ethiopian-calendar-new ethiotime ethiopian-calendar; do
      awk -v day=$day '$1 == day { print $2 }' $name.txt
    done | paste -sd'|' | sed "s/^/$day|/"
  done
  echo 'Ethiopian, from it | ICU | ethiopian-calendar-new | ethiotime | ethiopian-calendar'
  for day in 2015-13-6 2016-1-1 2016-7-1 2017-1-1; do
    for name in icu ethiopian-calendar-new ethiotime ethiopian-calendar; do
      paste -d' ' icu.txt $name.txt | awk -v day=$day '$2 == day { print $6 }'
    done | paste -sd'|' | sed "s/^/$day|/"
  done
} | tee seen.txt
diff - seen.txt <<'SEEN'
library: days of 1990 to 2039, of 18262, converted wrongly to the Ethiopian calendar, and from it
rule: 0, 0
ethiopian-date: 0, 0
kenat: 0, 0
ethiopian-calendar-new: 4504, 4491
ethiotime: 4504, 4504
ethiopian-calendar: 13, 0
the same wrong days: ethiopian-calendar-new and ethiotime
4492
Gregorian | ICU | ethiopian-calendar-new | ethiotime | ethiopian-calendar
2023-9-10|2015-13-5|2015-13-5|2015-13-5|2015-13-5
2023-9-11|2015-13-6|2016-1-1|2016-1-1|2015-1-1
2023-9-12|2016-1-1|2016-1-2|2016-1-2|2016-1-1
2024-3-9|2016-6-30|2016-7-1|2016-7-1|2016-6-30
2024-3-10|2016-7-1|2016-7-2|2016-7-2|2016-7-1
2024-9-10|2016-13-5|2017-1-1|2016-13-6|2016-13-5
2024-9-11|2017-1-1|2017-1-1|2017-1-1|2017-1-1
2026-11-30|2019-3-21|2019-3-21|2019-3-21|2019-3-21
2027-9-11|2019-13-6|2020-1-1|2020-1-1|2019-1-1
2027-9-12|2020-1-1|2020-1-2|2020-1-2|2020-1-1
Ethiopian, from it | ICU | ethiopian-calendar-new | ethiotime | ethiopian-calendar
2015-13-6|2023-9-11|2023-9-11|refused|2023-9-11
2016-1-1|2023-9-12|2023-9-11|2023-9-11|2023-9-12
2016-7-1|2024-3-10|2024-3-9|2024-3-9|2024-3-10
2017-1-1|2024-9-11|2024-9-11|2024-9-11|2024-9-11
SEEN
