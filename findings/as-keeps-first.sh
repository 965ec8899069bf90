#!/usr/bin/env bash
# In @openfn/language-common 3.3.4, `as(key, operation)` saves a result under a key of the state. If the key
# already has a value, the old one stays and the new result is lost, without an error. A job that reads page
# after page, or one list for each of several programs, with the same key works on the first answer only.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @openfn/language-common@3.3.4 >/dev/null

cat >job.mjs <<'JS'
import { as, fn } from '@openfn/language-common';

const read = (program) => fn((state) => ({ ...state, data: [`event of ${program}`] }));
let state = { data: [] };
for (const program of ['malaria', 'measles', 'cholera']) {
  state = await as('events', read(program))(state);
  console.log(`read ${program}, state.events: ${state.events}`);
}
state = await as('others', read('cholera'))(state);
console.log(`another key: ${state.others}`);
JS

echo '@openfn/language-common 3.3.4:'
node job.mjs | tee seen.txt
diff - seen.txt <<'SEEN'
read malaria, state.events: event of malaria
read measles, state.events: event of malaria
read cholera, state.events: event of malaria
another key: event of cholera
SEEN
