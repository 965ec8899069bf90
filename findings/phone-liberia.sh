#!/usr/bin/env bash
# phone 3.1.72 (npm), which makes international numbers of mobile numbers, changes Liberian ones and calls the result
# valid. It knows them with 7 or 8 digits; they have 9, of which it takes the first for a trunk prefix and drops it,
# though the trunk prefix is 0 and not there: +231770123456 becomes +23170123456. Who follows up contacts, or sends
# them the result of a test, reaches nobody, and two lists of the same people no longer match. All numbers that begin
# with 77 or 555 are affected, and those with 88 refused. It refuses all mobile numbers of Benin, which have 10 digits
# since November 2024, and of Guinea-Bissau, and many of other countries. The option strictDetection makes it refuse
# those of Liberia as well. What is right is the plan in the metadata of Google's libphonenumber, as libphonenumber-js
# 1.13.16 (npm) has them. The shares are of random numbers that the plan allows, not of subscribers. Needs Node.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund phone@3.1.72 libphonenumber-js@1.13.16 >/dev/null

cat >numbers.cjs <<'JS'
const { parsePhoneNumber } = require('libphonenumber-js/max');
const { phone } = require('phone');

const said = (number, options) => {
  const { isValid, phoneNumber, countryIso3 } = phone(number, options);
  if (!isValid) return 'refused';
  return `${phoneNumber}, valid, ${countryIso3}${parsePhoneNumber(phoneNumber).isValid() ? '' : ' (not in the plan)'}`;
};
for (const [number, options] of [
  ['+231 77 012 3456'], ['+231 55 512 3456'], ['+231 88 612 3456'], ['+231 77 012 3456', { strictDetection: true }],
  ['077 012 3456', { country: 'LBR' }], ['+229 01 90 01 12 34'], ['+254 712 345 678'],
]) {
  const right = parsePhoneNumber(number, options?.country && 'LR').number;
  console.log(`${number}${options ? ` ${JSON.stringify(options)}` : ''} | ${said(number, options)} | ${right}`);
}

// The same numbers on every computer.
let state = 2026;
const digit = () => {
  state = (state * 48271) % 2147483647;
  return state % 10;
};
console.log('of 500 mobile numbers of each plan, changed and refused:');
for (const [country, code, digits] of [
  ['LR', 231, 9], ['BJ', 229, 10], ['GW', 245, 9], ['SL', 232, 8], ['MW', 265, 9], ['GM', 220, 7], ['NE', 227, 8],
  ['ML', 223, 8], ['TG', 228, 8], ['BF', 226, 8], ['ZM', 260, 9], ['CD', 243, 9], ['GN', 224, 9], ['KE', 254, 9], ['UG', 256, 9],
]) {
  const counts = { changed: 0, refused: 0 };
  for (let found = 0; found < 500; ) {
    const number = `+${code}${Array.from({ length: digits }, digit).join('')}`;
    const known = parsePhoneNumber(number);
    if (known.number !== number || known.country !== country || known.getType() !== 'MOBILE') continue;
    found += 1;
    const { isValid, phoneNumber } = phone(number);
    if (!isValid) counts.refused += 1;
    else if (phoneNumber !== number) counts.changed += 1;
  }
  console.log(`${country}: ${counts.changed}, ${counts.refused}`);
}
JS
echo 'number | phone 3.1.72 | libphonenumber-js 1.13.16'
node numbers.cjs | tee seen.txt
diff - seen.txt <<'SEEN'
+231 77 012 3456 | +23170123456, valid, LBR (not in the plan) | +231770123456
+231 55 512 3456 | +23155123456, valid, LBR (not in the plan) | +231555123456
+231 88 612 3456 | refused | +231886123456
+231 77 012 3456 {"strictDetection":true} | refused | +231770123456
077 012 3456 {"country":"LBR"} | refused | +231770123456
+229 01 90 01 12 34 | refused | +2290190011234
+254 712 345 678 | +254712345678, valid, KEN | +254712345678
of 500 mobile numbers of each plan, changed and refused:
LR: 260, 240
BJ: 0, 500
GW: 0, 500
SL: 0, 278
MW: 0, 311
GM: 0, 354
NE: 0, 301
ML: 0, 254
TG: 0, 195
BF: 0, 259
ZM: 0, 140
CD: 0, 0
GN: 0, 0
KE: 0, 0
UG: 0, 0
SEEN
