#!/usr/bin/env bash
# dhis2.py 2.3.0 (PyPI) keeps the page number of get_paged in the dictionary of parameters that it is given. Two lists
# that are asked for with one dictionary, before the first is read, share the number: the second begins at the page
# where the first ended. Nothing is raised, the loop just ends: 1 of 7 data elements is seen, and a script that compares
# by id takes the other 6 for missing. A dictionary for each call, or merge=True, gives all. Needs Python of 3.9 or
# later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dhis2.py==2.3.0

cat >read.py <<'PY'
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse
from dhis2 import Api

stored = {"organisationUnits": "OrgUnit", "dataElements": "Element"}
asked = []


class Server(BaseHTTPRequestHandler):
    """Seven objects of each kind, in pages as DHIS2 has them."""

    def do_GET(self):
        url = urlparse(self.path)
        kind = url.path.split("/")[-1].removesuffix(".json")
        page, size = (int(parse_qs(url.query)[name][0]) for name in ("page", "pageSize"))
        asked.append(page)
        objects = [{"id": f"{stored[kind]}{number:04}"} for number in range(1, 8)][(page - 1) * size : page * size]
        pager = {"page": page, "pageSize": size, "total": 7, "pageCount": -(-7 // size)}
        body = json.dumps({"pager": pager, kind: objects}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = HTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
api = Api(f"http://127.0.0.1:{server.server_port}", "reader", "reader")


def read(how, parameters_of):
    asked.clear()
    lists = {kind: api.get_paged(kind, params=parameters_of(), page_size=2) for kind in stored}
    seen = {kind: sum(len(page[kind]) for page in pages) for kind, pages in lists.items()}
    print(f"{how}: {', '.join(f'{count} of 7 {kind}' for kind, count in seen.items())}; pages asked: {asked}")


shared = {"fields": "id"}
read("one dictionary", lambda: shared)
read("a dictionary each", lambda: {"fields": "id"})
print(f"the caller's dictionary afterwards: {shared}")
PY
echo 'dhis2.py 2.3.0'
venv/bin/python read.py | tee seen.txt
diff - seen.txt <<'SEEN'
one dictionary: 7 of 7 organisationUnits, 1 of 7 dataElements; pages asked: [1, 2, 3, 4, 4]
a dictionary each: 7 of 7 organisationUnits, 7 of 7 dataElements; pages asked: [1, 2, 3, 4, 1, 2, 3, 4]
the caller's dictionary afterwards: {'fields': 'id', 'pageSize': 2, 'page': 4, 'totalPages': True}
SEEN
