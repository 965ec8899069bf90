#!/usr/bin/env bash
# openhexa.toolbox 2.9.0 (PyPI): data_value_sets.get with a start and an end date of more than a year asks year by
# year, and the last day of one request is the first day of the next. DHIS2 exports the values whose whole period
# lies between both days (period.startDate >= startDate and period.endDate <= endDate), both days included. So the
# week in which a year of the request ends is in none of the answers, and a daily value of that day is there twice.
# One request for the same days has all weeks once. The server below does nothing but compare these days.
# Needs Python of 3.11 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openhexa.toolbox==2.9.0

cat >read.py <<'PY'
import datetime
import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse
from openhexa.toolbox.dhis2 import DHIS2
from openhexa.toolbox.dhis2.periods import Day, Week

first, last = datetime.date(2024, 1, 1), datetime.date(2026, 6, 28)
stored = {}
day = first
while day <= last:
    for period in (Day.from_date(day), Week.from_date(day)):
        stored[str(period)] = (period.start, period.end)
    day += datetime.timedelta(days=1)


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlparse(self.path)
        answer = {"version": "2.42.1"}
        if url.path == "/api/dataValueSets":
            query = parse_qs(url.query)
            start, end = (datetime.date.fromisoformat(query[name][0]) for name in ("startDate", "endDate"))
            print(f"asked: {start} to {end}")
            found = [period for period, (a, b) in stored.items() if a >= start and b <= end]
            answer = {"dataValues": [{"dataElement": "DataElement", "period": period, "value": "1"} for period in found]}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
dhis2 = DHIS2(url=f"http://127.0.0.1:{server.server_port}", username="reader", password="reader")
values = dhis2.data_value_sets.get(
    datasets=["DataSetData"], org_units=["OrgUnitUnit"], start_date=str(first), end_date=str(last)
)
seen = Counter(value["period"] for value in values)
print("stored:", len(stored), "periods")
print("in no answer:", ", ".join(f"{p} ({a} to {b})" for p, (a, b) in stored.items() if p not in seen))
print("more than once:", ", ".join(period for period, times in seen.items() if times > 1))
PY
echo 'openhexa.toolbox 2.9.0'
venv/bin/python read.py 2>/dev/null | grep -v '^Requesting' | tee seen.txt
diff - seen.txt <<'SEEN'
asked: 2024-01-01 to 2025-01-01
asked: 2025-01-01 to 2026-01-01
asked: 2026-01-01 to 2026-06-28
stored: 1040 periods
in no answer: 2025W1 (2024-12-30 to 2025-01-05), 2026W1 (2025-12-29 to 2026-01-04)
more than once: 20250101, 20260101
SEEN
