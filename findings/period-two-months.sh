#!/usr/bin/env bash
# openhexa.toolbox 2.9.0 (PyPI) and DHIS2 mean different months by the same id of a two-month period. The library
# writes the number of the first month, 202603B for March and April 2026; in DHIS2 03B is the third period of the
# year, May and June. 03B and 05B are valid in both: values of March and April are stored as those of May and June.
# 07B, 09B and 11B do not exist in DHIS2. The library refuses 02B, 04B and 06B, which DHIS2 uses. @dhis2/multi-calendar-dates 2.1.2, the period library of DHIS2's web apps, agrees with the
# server. Needs Node and Python of 3.11 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openhexa.toolbox==2.9.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/multi-calendar-dates@2.1.2 >/dev/null 2>&1

cat >read.py <<'PY'
from openhexa.toolbox.dhis2.periods import InvalidPeriodError, period_from_string

for number in range(1, 13):
    try:
        period = period_from_string(f"2026{number:02}B")
        print(f"{period.start}/{period.end}")
    except InvalidPeriodError:
        print("refused")
PY

cat >read.cjs <<'JS'
const { createFixedPeriodFromPeriodId } = require('@dhis2/multi-calendar-dates');

for (let number = 1; number <= 12; number += 1) {
  const periodId = `2026${String(number).padStart(2, '0')}B`;
  try {
    const { startDate, endDate } = createFixedPeriodFromPeriodId({ calendar: 'gregory', periodId });
    console.log(`${startDate}/${endDate}`);
  } catch {
    console.log('refused');
  }
}
JS
echo 'openhexa.toolbox 2.9.0, @dhis2/multi-calendar-dates 2.1.2'
paste -d' ' <(seq -f '2026%02gB:' 1 12) <(venv/bin/python read.py) <(node read.cjs) \
  | awk '{ print $1 " openhexa.toolbox " $2 ", DHIS2 " $3 }' | tee seen.txt
diff - seen.txt <<'SEEN'
202601B: openhexa.toolbox 2026-01-01/2026-02-28, DHIS2 2026-01-01/2026-02-28
202602B: openhexa.toolbox refused, DHIS2 2026-03-01/2026-04-30
202603B: openhexa.toolbox 2026-03-01/2026-04-30, DHIS2 2026-05-01/2026-06-30
202604B: openhexa.toolbox refused, DHIS2 2026-07-01/2026-08-31
202605B: openhexa.toolbox 2026-05-01/2026-06-30, DHIS2 2026-09-01/2026-10-31
202606B: openhexa.toolbox refused, DHIS2 2026-11-01/2026-12-31
202607B: openhexa.toolbox 2026-07-01/2026-08-31, DHIS2 refused
202608B: openhexa.toolbox refused, DHIS2 refused
202609B: openhexa.toolbox 2026-09-01/2026-10-31, DHIS2 refused
202610B: openhexa.toolbox refused, DHIS2 refused
202611B: openhexa.toolbox 2026-11-01/2026-12-31, DHIS2 refused
202612B: openhexa.toolbox refused, DHIS2 refused
SEEN
