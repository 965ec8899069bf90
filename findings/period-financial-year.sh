#!/usr/bin/env bash
# openhexa.toolbox 2.9.0 (PyPI): for a day before the month in which a financial year begins, from_date returns the
# financial year that begins later in the same calendar year, which does not contain the day. 15 February 2026 is in
# 2026April, 2026July and 2026Oct there; in DHIS2 it is in 2025April, 2025July and 2025Oct. Both know the same first
# and last days of these ids, so DHIS2 takes the values for the wrong year. @dhis2/multi-calendar-dates 2.1.2, the
# period library of DHIS2's web apps, agrees with the server. Needs Node and Python of 3.11 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openhexa.toolbox==2.9.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 >/dev/null 2>&1

cat >years.py <<'PY'
import datetime
from openhexa.toolbox.dhis2.periods import FinancialApril, FinancialJuly, FinancialOct

for kind in (FinancialApril, FinancialJuly, FinancialOct):
    for day in ("2026-02-15", "2026-11-15"):
        period = kind.from_date(datetime.date.fromisoformat(day))
        print(day, period, period.start, period.end)
PY

cat >years.cjs <<'JS'
const { getFixedPeriodByDate } = require('@dhis2/multi-calendar-dates');

for (const periodType of ['FYAPR', 'FYJUL', 'FYOCT']) {
  for (const date of ['2026-02-15', '2026-11-15']) {
    const { id, startDate, endDate } = getFixedPeriodByDate({ calendar: 'gregory', periodType, date });
    console.log(id, startDate, endDate);
  }
}
JS
echo 'openhexa.toolbox 2.9.0, @dhis2/multi-calendar-dates 2.1.2'
paste -d' ' <(venv/bin/python years.py) <(node years.cjs) \
  | awk '{ print $1 ": openhexa.toolbox " $2 " (" $3 " to " $4 "), DHIS2 " $5 " (" $6 " to " $7 ")" }' | tee seen.txt
diff - seen.txt <<'SEEN'
2026-02-15: openhexa.toolbox 2026April (2026-04-01 to 2027-03-31), DHIS2 2025April (2025-04-01 to 2026-03-31)
2026-11-15: openhexa.toolbox 2026April (2026-04-01 to 2027-03-31), DHIS2 2026April (2026-04-01 to 2027-03-31)
2026-02-15: openhexa.toolbox 2026July (2026-07-01 to 2027-06-30), DHIS2 2025July (2025-07-01 to 2026-06-30)
2026-11-15: openhexa.toolbox 2026July (2026-07-01 to 2027-06-30), DHIS2 2026July (2026-07-01 to 2027-06-30)
2026-02-15: openhexa.toolbox 2026Oct (2026-10-01 to 2027-09-30), DHIS2 2025Oct (2025-10-01 to 2026-09-30)
2026-11-15: openhexa.toolbox 2026Oct (2026-10-01 to 2027-09-30), DHIS2 2026Oct (2026-10-01 to 2027-09-30)
SEEN
