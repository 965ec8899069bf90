#!/usr/bin/env bash
# In @openfn/language-common 3.3.4, `validate(schema, data)` keeps compiled schemas by their $id. All schemas
# without a $id share one place: in one process, the first of them is used for all later data. A job that
# validates cases and then contacts holds the contacts against the schema of cases: valid ones are reported,
# invalid ones pass. With a $id in each schema the result is right.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @openfn/language-common@3.3.4 >/dev/null

cat >job.mjs <<'JS'
import { validate } from '@openfn/language-common';

const schemas = (ids) => ({
  case: { ...(ids && { $id: 'case' }), type: 'object', required: ['dateOfOnset'] },
  contact: { ...(ids && { $id: 'contact' }), type: 'object', required: ['dateOfLastContact'] },
});
const records = [
  ['case', { dateOfOnset: '2026-01-15' }],
  ['contact', { dateOfLastContact: '2026-01-16' }],
  ['contact', { dateOfOnset: '2026-01-17' }],
];
for (const ids of [false, true]) {
  for (const [kind, record] of records) {
    const { validationErrors } = await validate(schemas(ids)[kind], (state) => state.data)({ data: record });
    const result = validationErrors.map(({ errors }) => errors[0].message).join() || 'valid';
    console.log(`${ids ? 'with' : 'without'} $id: ${kind} with ${Object.keys(record)}: ${result}`);
  }
}
JS

echo '@openfn/language-common 3.3.4:'
node job.mjs | tee seen.txt
diff - seen.txt <<'SEEN'
without $id: case with dateOfOnset: valid
without $id: contact with dateOfLastContact: must have required property 'dateOfOnset'
without $id: contact with dateOfOnset: valid
with $id: case with dateOfOnset: valid
with $id: contact with dateOfLastContact: valid
with $id: contact with dateOfOnset: must have required property 'dateOfLastContact'
SEEN
