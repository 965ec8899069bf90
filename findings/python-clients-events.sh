#!/usr/bin/env bash
# Three Python clients (PyPI) lose events that they read from DHIS2, each of other versions of the server, without an
# error. Up to 2.40, the answer of tracker/events has its page at the top and its events under `instances`; from 2.42
# they are in `pager` and `events`; 2.41 has `pager`, `events` and the page at the top. dhis2-fetch 0.1.3 looks for both
# names of the events, but only for one of the page: of each org unit of 2.38 to 2.40 it keeps the first 200 events, and
# records the org unit as complete, so that a second run does not ask again. pydhis2 0.2.1 returns no event at all of
# 2.41 and later, and fails with 2.40. dhis2-client 0.3.2 returns the first 50 of 2.40. Where dhis2-fetch has all pages,
# it drops the events that have no values, though it promises one row per event, and makes numbers of codes if all look
# like numbers: sample 0042 becomes 42, and 12E3 12000. Needs Python of 3.11 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dhis2-fetch==0.1.3 pydhis2==0.2.1 dhis2-client==0.3.2

cat >read.py <<'PY'
import asyncio
import json
import logging
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

from dhis2_client import DHIS2Client
from dhis2_fetch import events
from pydhis2.core.client import AsyncDHIS2Client
from pydhis2.core.types import DHIS2Config

logging.disable(logging.CRITICAL)
codes = ["0042", "0043", "12E3"]


def event(number):
    """Every tenth event has no values, such as one whose form is not filled in yet."""
    values = [] if number % 10 == 9 else [{"dataElement": "SampleCode1", "value": codes[number % 3]}]
    return {
        "event": f"Event{number:06}", "program": "ProgramUidA", "orgUnit": "OrgUnitUidA", "status": "ACTIVE",
        "occurredAt": "2026-03-04T00:00:00.000", "dataValues": values,
    }


class Server(BaseHTTPRequestHandler):
    """250 events, answered as the version in the address does."""

    def do_GET(self):
        url = urlparse(self.path)
        minor = int(url.path.split("/")[1].split(".")[1])
        query = {name: values[-1] for name, values in parse_qs(url.query).items()}
        page, size = int(query.get("page", 1)), int(query.get("pageSize", 50))
        place = {"page": page, "pageSize": size}
        if query.get("totalPages") == "true":
            place |= {"total": 250, "pageCount": -(-250 // size)}
        found = [event(number) for number in range(250)][(page - 1) * size : page * size]
        answer = {("instances" if minor <= 40 else "events"): found}
        answer |= place if minor <= 41 else {}
        answer |= {"pager": place} if minor >= 41 else {}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()


def fetch(url):
    path = f"{url[-4:]}.db"
    logged = events.download_events(
        url, "reader", "reader", path, "ProgramUidA", None, "2026-01-01", "2026-12-31", ["OrgUnitUidA"])
    table = events.pivot_events(events.consolidate_events(path))
    state = "complete" if logged["Yes"] == ["OrgUnitUidA"] and not logged["Failed"] else "incomplete"
    return f"{len(table)}, {state}, codes {sorted(set(table['SampleCode1'].tolist()))}"


async def pydhis2(url):
    async with AsyncDHIS2Client(DHIS2Config(base_url=url, auth=("reader", "reader"), rps=1000)) as client:
        return len(await client.tracker.events_to_pandas(program="ProgramUidA", org_unit="OrgUnitUidA"))


def client(url):
    reader = DHIS2Client(url, username="reader", password="reader")
    return len(reader.fetch_all("/api/tracker/events", params={"program": "ProgramUidA", "totalPages": "true"}))


def outcome(read, url):
    try:
        return read(url)
    except Exception as error:
        return f"raises {type(error).__name__}"


for version in ("2.40", "2.41", "2.42"):
    url = f"http://127.0.0.1:{server.server_port}/{version}"
    print(f"{version}, dhis2-fetch: {outcome(fetch, url)}")
    print(f"{version}, pydhis2: {outcome(lambda at: asyncio.run(pydhis2(at)), url)}")
    print(f"{version}, dhis2-client: {outcome(client, url)}")
PY
echo 'dhis2-fetch 0.1.3, pydhis2 0.2.1, dhis2-client 0.3.2: events returned of 250'
venv/bin/python read.py 2>/dev/null | tee seen.txt
diff - seen.txt <<'SEEN'
2.40, dhis2-fetch: 180, complete, codes [42.0, 43.0, 12000.0]
2.40, pydhis2: raises AttributeError
2.40, dhis2-client: 50
2.41, dhis2-fetch: 225, complete, codes [42.0, 43.0, 12000.0]
2.41, pydhis2: 0
2.41, dhis2-client: 250
2.42, dhis2-fetch: 225, complete, codes [42.0, 43.0, 12000.0]
2.42, pydhis2: 0
2.42, dhis2-client: 250
SEEN
