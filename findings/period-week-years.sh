#!/usr/bin/env bash
# openhexa.toolbox 2.9.0 (PyPI, for pipelines that read and write DHIS2) numbers weeks that begin on another day
# than Monday by the ISO week of their shifted Monday. DHIS2 gives a week to the year that has at least four of its
# days. The two differ for all weeks of some years, such as the Sunday weeks of 2026. A count of the Sunday week that
# begins on 6 September 2026 is sent as 2026SunW37; DHIS2 takes that for the week of 13 September and overwrites
# what belongs there. @dhis2/multi-calendar-dates 2.1.2, the period library of DHIS2's web apps, agrees with the
# server. Needs Node and Python of 3.11 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openhexa.toolbox==2.9.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 >/dev/null 2>&1

cat >weeks.py <<'PY'
import datetime
import sys
from openhexa.toolbox.dhis2.periods import Week, WeekSaturday, WeekSunday, WeekThursday, WeekWednesday

kinds = {"WEEKLY": Week, "WEEKLYWED": WeekWednesday, "WEEKLYTHU": WeekThursday, "WEEKLYSAT": WeekSaturday, "WEEKLYSUN": WeekSunday}
for line in sys.stdin:
    kind, day = line.split()
    period = kinds[kind].from_date(datetime.date.fromisoformat(day))
    print(period, period.start)
PY

cat >weeks.cjs <<'JS'
const { getFixedPeriodByDate } = require('@dhis2/multi-calendar-dates');
const { readFileSync } = require('node:fs');

for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
  const [periodType, date] = line.split(' ');
  const { id, startDate } = getFixedPeriodByDate({ calendar: 'gregory', periodType, date });
  console.log(`${id} ${startDate}`);
}
JS

cat >asked.txt <<'ASKED'
WEEKLY 2026-09-07
WEEKLYSUN 2025-09-07
WEEKLYSUN 2026-09-06
WEEKLYSAT 2026-09-05
WEEKLYWED 2022-09-07
WEEKLYTHU 2027-09-09
ASKED
paste -d' ' asked.txt <(venv/bin/python weeks.py <asked.txt) <(node weeks.cjs <asked.txt) \
  | awk '{ print $1 " " $2 ": openhexa.toolbox " $3 ", DHIS2 " $5 }' >seen.txt

# One day of each week of 13 years.
for kind in WEEKLY WEEKLYWED WEEKLYTHU WEEKLYSAT WEEKLYSUN; do
  for week in $(seq 0 677); do echo "$kind $(date --utc --date="2015-01-05 + $((week * 7)) days" +%F)"; done >all.txt
  paste -d' ' <(venv/bin/python weeks.py <all.txt) <(node weeks.cjs <all.txt) >both.txt
  awk -v kind="$kind" '$1 != $3 { ids++ } $2 != $4 { days++ }
    END { print kind ": of " NR " weeks " ids + 0 " have another number, " days + 0 " another first day" }' both.txt >>seen.txt
done
echo 'openhexa.toolbox 2.9.0, @dhis2/multi-calendar-dates 2.1.2'
cat seen.txt
diff - seen.txt <<'SEEN'
WEEKLY 2026-09-07: openhexa.toolbox 2026W37, DHIS2 2026W37
WEEKLYSUN 2025-09-07: openhexa.toolbox 2025SunW37, DHIS2 2025SunW37
WEEKLYSUN 2026-09-06: openhexa.toolbox 2026SunW37, DHIS2 2026SunW36
WEEKLYSAT 2026-09-05: openhexa.toolbox 2026SatW37, DHIS2 2026SatW36
WEEKLYWED 2022-09-07: openhexa.toolbox 2022WedW36, DHIS2 2022WedW37
WEEKLYTHU 2027-09-09: openhexa.toolbox 2027ThuW36, DHIS2 2027ThuW37
WEEKLY: of 678 weeks 0 have another number, 0 another first day
WEEKLYWED: of 678 weeks 210 have another number, 0 another first day
WEEKLYTHU: of 678 weeks 314 have another number, 0 another first day
WEEKLYSAT: of 678 weeks 210 have another number, 0 another first day
WEEKLYSUN: of 678 weeks 105 have another number, 0 another first day
SEEN
