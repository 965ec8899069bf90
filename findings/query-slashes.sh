#!/usr/bin/env bash
# In @openfn/language-common 3.3.4, util.request with a base address joins both parts as a file path, the query
# included. Two slashes in a value of the query become one, on the wire. Go.Data's visual ids and DHIS2's codes
# may contain them (`MOH//17`): the server is asked for another record, answers with an empty list, and a job
# that creates what it does not find makes a second one. The same value in the option `query` arrives unchanged.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @openfn/language-common@3.3.4 >/dev/null

cat >job.mjs <<'JS'
import { createServer } from 'node:http';
import { util } from '@openfn/language-common';

const server = createServer((request, response) => {
  console.log(`  arrives: ${new URL(request.url, 'http://localhost').searchParams.get('filter')}`);
  response.setHeader('content-type', 'application/json').end('[]');
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const baseUrl = `http://127.0.0.1:${server.address().port}`;

const filter = '{"where":{"visualId":"MOH//17"}}';
console.log(`in the address: ${filter}`);
await util.request('GET', `/api/cases?filter=${filter}`, { baseUrl });
console.log(`as option query: ${filter}`);
await util.request('GET', '/api/cases', { baseUrl, query: { filter } });
server.close();
process.exit();
JS

echo '@openfn/language-common 3.3.4:'
node job.mjs | tee seen.txt
diff - seen.txt <<'SEEN'
in the address: {"where":{"visualId":"MOH//17"}}
  arrives: {"where":{"visualId":"MOH/17"}}
as option query: {"where":{"visualId":"MOH//17"}}
  arrives: {"where":{"visualId":"MOH//17"}}
SEEN
