#!/usr/bin/env bash
# @openfn/language-common 3.3.4, parseCsv: of a list without rows it does not return an empty list, but leaves
# state.data as it was, so the rows of the list before are taken for those of this one and sent again. With chunkSize
# and no callback (both are optional) state.data has only the last chunk: of 1,000 lab results in chunks of 300, 900 are
# gone, with no error. Without chunkSize, and with a callback, all rows arrive; a callback is not called for a list
# without rows. Needs Node.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @openfn/language-common@3.3.4 >/dev/null

cat >job.mjs <<'JS'
import { execute, fn, parseCsv } from '@openfn/language-common';

const list = (name, rows) => `id\n${Array.from({ length: rows }, (_, index) => `${name}-${index + 1}\n`).join('')}`;
async function rowsOf(...operations) {
  const state = await execute(...operations)({ data: {} });
  return `${state.data.length} rows, from ${state.data[0]?.id} to ${state.data.at(-1)?.id}`;
}
const keep = (state, rows) => ({ ...state, data: [...state.data, ...rows] });
const clear = fn((state) => ({ ...state, data: [] }));

const log = console.log;
console.log = () => {};
const lines = [
  ['2 of Monday, then 0 of Tuesday', parseCsv(list('monday', 2)), parseCsv(list('tuesday', 0))],
  ['2 of Monday, then 1 of Tuesday', parseCsv(list('monday', 2)), parseCsv(list('tuesday', 1))],
  ['1000 rows', parseCsv(list('result', 1000))],
  ['1000 rows, chunkSize 300', parseCsv(list('result', 1000), { chunkSize: 300 })],
  ['1000 rows, chunkSize 1000', parseCsv(list('result', 1000), { chunkSize: 1000 })],
  ['1000 rows, chunkSize 300, callback', clear, parseCsv(list('result', 1000), { chunkSize: 300 }, keep)],
];
for (const [name, ...operations] of lines) log(`${name}: ${await rowsOf(...operations)}`);
JS
echo '@openfn/language-common 3.3.4:'
node job.mjs 2>/dev/null | tee seen.txt
diff - seen.txt <<'SEEN'
2 of Monday, then 0 of Tuesday: 2 rows, from monday-1 to monday-2
2 of Monday, then 1 of Tuesday: 1 rows, from tuesday-1 to tuesday-1
1000 rows: 1000 rows, from result-1 to result-1000
1000 rows, chunkSize 300: 100 rows, from result-901 to result-1000
1000 rows, chunkSize 1000: 1000 rows, from result-1 to result-1000
1000 rows, chunkSize 300, callback: 1000 rows, from result-1 to result-1000
SEEN
