#!/usr/bin/env bash
# sdmx1 2.28.0 (PyPI), the Python library for SDMX, makes all twelve months of a year 1 January: asked for dates, it
# hands 2026-M04, SDMX's name of a month that is a reporting period, to pandas, which reads "the fourth second of
# 2026". It makes 2026-T2 and 2026-T3, four months each that begin in May and September, February and March. Summed by
# month, the cases of a whole year fall in January, and a disease of the rains breaks out in the dry season. Quarters
# and Gregorian months (2026-04) are right; half-years, weeks and days of this kind are refused. What is right is in the
# technical notes of SDMX: a period begins as many of its lengths after 1 January as there are periods before it, unless
# the data say that the reporting year begins on another day. Needs Python of 3.11 or later.
set -euo pipefail
export TZ=UTC
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sdmx1==2.28.0 pandas==3.1.1 numpy==2.4.6

cat >periods.py <<'PY'
import logging
import warnings
from datetime import date
from io import BytesIO

import sdmx

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"


def read(periods):
    observations = "".join(
        f'<g:Obs><g:ObsDimension id="TIME_PERIOD" value="{period}"/><g:ObsValue value="{count}"/></g:Obs>'
        for period, count in periods.items()
    )
    text = f"""<m:GenericData xmlns:m="{SCHEMAS}/message" xmlns:g="{SCHEMAS}/data/generic" xmlns:c="{SCHEMAS}/common">
      <m:Header>
        <m:ID>CASES</m:ID><m:Test>true</m:Test><m:Prepared>2026-12-31T00:00:00Z</m:Prepared><m:Sender id="MINISTRY"/>
        <m:Structure structureID="CASES" dimensionAtObservation="TIME_PERIOD">
          <c:Structure><Ref agencyID="MINISTRY" id="CASES" version="1.0"/></c:Structure>
        </m:Structure>
      </m:Header>
      <m:DataSet structureRef="CASES"><g:Series>
        <g:SeriesKey><g:Value id="AREA" value="NORTH"/></g:SeriesKey>{observations}
      </g:Series></m:DataSet>
    </m:GenericData>"""
    return sdmx.read_sdmx(BytesIO(text.encode())).data[0]


print("period | begins | right")
wrong = 0
for letter, length, form in [("M", 1, "M{:02d}"), ("T", 4, "T{}"), ("Q", 3, "Q{}"), ("S", 6, "S{}"), ("-", 1, "{:02d}")]:
    for number in range(1, 12 // length + 1):
        period = "2026-" + form.format(number)
        right = date(2026, (number - 1) * length + 1, 1)
        try:
            begin = sdmx.to_pandas(read({period: 1}), datetime="TIME_PERIOD").index[0]
            found = str(begin).removesuffix(" 00:00:00")
        except ValueError:
            found = "refused"
        wrong += found not in ("refused", str(right))
        if number in (1, 2, 12 // length):
            print(period, found, right, sep=" | ")
print("wrong:", wrong)

# Cases of a disease of the rains: most of them from June to September.
cases = dict(zip(range(1, 13), [2, 1, 1, 3, 20, 60, 90, 85, 40, 12, 4, 2]))
for name, form in [("2026-M01 to 2026-M12", "2026-M{:02d}"), ("2026-01 to 2026-12", "2026-{:02d}")]:
    data = read({form.format(month): count for month, count in cases.items()})
    months = sdmx.to_pandas(data, datetime="TIME_PERIOD").resample("MS").sum()["NORTH"]
    print(name, "by month:", *[f"{day:%m}: {count:.0f}," for day, count in months.items()])
    index = sdmx.to_pandas(data, datetime={"dim": "TIME_PERIOD", "freq": "M"}).index
    print(name, "as periods:", *sorted(set(map(str, index))))
PY
venv/bin/python periods.py | tee seen.txt
diff - seen.txt <<'SEEN'
period | begins | right
2026-M01 | 2026-01-01 00:00:01 | 2026-01-01
2026-M02 | 2026-01-01 00:00:02 | 2026-02-01
2026-M12 | 2026-01-01 00:00:12 | 2026-12-01
2026-T1 | 2026-01-01 | 2026-01-01
2026-T2 | 2026-02-01 | 2026-05-01
2026-T3 | 2026-03-01 | 2026-09-01
2026-Q1 | 2026-01-01 | 2026-01-01
2026-Q2 | 2026-04-01 | 2026-04-01
2026-Q4 | 2026-10-01 | 2026-10-01
2026-S1 | refused | 2026-01-01
2026-S2 | refused | 2026-07-01
2026-01 | 2026-01-01 | 2026-01-01
2026-02 | 2026-02-01 | 2026-02-01
2026-12 | 2026-12-01 | 2026-12-01
wrong: 14
2026-M01 to 2026-M12 by month: 01: 320,
2026-M01 to 2026-M12 as periods: 2026-01
2026-01 to 2026-12 by month: 01: 2, 02: 1, 03: 1, 04: 3, 05: 20, 06: 60, 07: 90, 08: 85, 09: 40, 10: 12, 11: 4, 12: 2,
2026-01 to 2026-12 as periods: 2026-01 2026-02 2026-03 2026-04 2026-05 2026-06 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12
SEEN
