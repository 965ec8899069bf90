#!/usr/bin/env bash
# libhxl 5.2.2 (PyPI), the library behind OCHA's HXL Proxy, swaps day and month of dates with a time, as DHIS2, Go.Data,
# ODK and FHIR servers send them: 2026-04-03T00:00:00 is 4 March. It asks dateutil, with the day first, what a text
# means that is not a plain date, and dateutil then reads an ISO 8601 date as year, day, month. Only days up to the 12th
# change, so the column still looks right, but 132 of the 365 dates of 2026 are in another month. Dates without hyphens,
# as 20260403, and DHIS2's months, as 202604, are taken for seconds since 1970; days since 1970, R's number of a date,
# are counted from 1. 29 February 2026 and week 53 of 2025, which do not exist, remain dates. Cleaning writes the wrong
# dates. Filters, sorting, and the first and last date of a count compare them and show the given ones: "since 1 April"
# keeps 10 February and loses 1 May. What is right is the day that each text was made from. Needs Python of 3.11 or
# later.
set -euo pipefail
export TZ=UTC
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check libhxl==5.2.2 python-dateutil==2.9.0.post0

cat >dates.py <<'PY'
import logging
import warnings
from datetime import date, datetime, timedelta

import hxl
import structlog

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def source(rows):
    return hxl.data(rows, hxl.InputOptions(allow_local=True))


def clean(texts):
    rows = source([["Onset"], ["#date+onset"]] + [[text] for text in texts])
    return [row.values[0] for row in rows.clean_data(date="#date")]


days = [date(2026, 1, 1) + timedelta(count) for count in range(365)]
print("format | of 365 dates of 2026, wrong | of them in another month | 3 April")
for form in [
    "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT00:00:00.000", "%Y-%m-%dT00:00:00.000Z", "%Y-%m-%dT00:00:00.000+02:00",
    "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y%m%dT000000Z", "%Y/%m/%d", "%Y%m%d", "%d/%m/%Y",
]:
    texts = [day.strftime(form) for day in days]
    if form[1:2] == "Y" and "/" not in form:
        assert all(datetime.fromisoformat(text).date() == day for text, day in zip(texts, days))
    cleaned = clean(texts)
    wrong = [(day, text) for day, text in zip(days, cleaned) if text != day.isoformat()]
    moved = [day for day, text in wrong if text[:7] != day.isoformat()[:7]]
    print(form, len(wrong), len(moved), cleaned[days.index(date(2026, 4, 3))], sep=" | ")

print("text | cleaned | right")
for text, right in [
    ("202604", "2026-04"), ("202612", "2026-12"), ("2026-04", "2026-04"),
    (str((date(2026, 4, 3) - date(1970, 1, 1)).days), "2026-04-03"), ("1775174400", "2026-04-03"),
    ("2026-02-29", "refused"), ("2025W53", "refused"), ("2026W53", "2026W53"),
]:
    found = clean([text])[0]
    print(text, found if hxl.datatypes.is_date(text) else "refused", right, sep=" | ")

cases = [
    ["Ahead", "2026-05-01T08:00:00", "2"], ["Ahead", "2026-03-04T08:00:00", "1"], ["Ahead", "2026-02-10T08:00:00", "1"],
    ["Behind", "2026-06-05T08:00:00", "3"], ["Behind", "2026-01-12T08:00:00", "4"],
]
rows = [["District", "Onset", "Cases"], ["#adm1", "#date+onset", "#affected"], *cases]
print("since 1 April:", [row.values[1][:10] for row in source(rows).with_rows("#date+onset >= 2026-04-01")])
print("right:        ", [case[1][:10] for case in cases if case[1] >= "2026-04-01"])
print("sorted:", [row.values[1][:10] for row in source(rows).sort("#date+onset")])
print("right: ", sorted(case[1][:10] for case in cases))
for row in source(rows).count("#adm1", ["min(#date+onset) as #date+first", "max(#date+onset) as #date+last"]):
    known = sorted(case[1][:10] for case in cases if case[0] == row.values[0])
    print(row.values[0], "first and last:", *[text[:10] for text in row.values[1:]], "right:", known[0], known[-1])
PY
venv/bin/python dates.py | tee seen.txt
diff - seen.txt <<'SEEN'
format | of 365 dates of 2026, wrong | of them in another month | 3 April
%Y-%m-%d | 0 | 0 | 2026-04-03
%Y-%m-%dT%H:%M:%S | 132 | 132 | 2026-03-04
%Y-%m-%dT00:00:00.000 | 132 | 132 | 2026-03-04
%Y-%m-%dT00:00:00.000Z | 132 | 132 | 2026-03-04
%Y-%m-%dT00:00:00.000+02:00 | 132 | 132 | 2026-03-04
%Y-%m-%d %H:%M | 132 | 132 | 2026-03-04
%Y-%m-%d %H:%M:%S | 0 | 0 | 2026-04-03
%Y%m%dT000000Z | 132 | 132 | 2026-03-04
%Y/%m/%d | 132 | 132 | 2026-03-04
%Y%m%d | 365 | 365 | 1970-08-23
%d/%m/%Y | 0 | 0 | 2026-04-03
text | cleaned | right
202604 | 1970-01-03 | 2026-04
202612 | 1970-01-03 | 2026-12
2026-04 | 2026-04 | 2026-04
20546 | 2026-04-02 | 2026-04-03
1775174400 | 2026-04-03 | 2026-04-03
2026-02-29 | 2026-02-29 | refused
2025W53 | 2025W53 | refused
2026W53 | 2026W53 | 2026W53
since 1 April: ['2026-03-04', '2026-02-10', '2026-06-05', '2026-01-12']
right:         ['2026-05-01', '2026-06-05']
sorted: ['2026-05-01', '2026-03-04', '2026-06-05', '2026-02-10', '2026-01-12']
right:  ['2026-01-12', '2026-02-10', '2026-03-04', '2026-05-01', '2026-06-05']
Ahead first and last: 2026-05-01 2026-02-10 right: 2026-02-10 2026-05-01
Behind first and last: 2026-06-05 2026-01-12 right: 2026-01-12 2026-06-05
SEEN
