#!/usr/bin/env bash
# @dhis2/rule-engine 3.3.9 (DHIS2's own engine for program rules, npm): the remainder of a division,
# as `%` and as d2:modulus, is wrong for most dividends of two digits and more: 100 % 7 is 0.6.
# A rule that computes a check digit, or groups people by the last digits of a number, assigns such values.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/rule-engine@3.3.9 @js-joda/core@3.2.0 >/dev/null

cat >assign.mjs <<'JS'
import * as engine from '@dhis2/rule-engine';
import { LocalDate } from '@js-joda/core';

/** What an ASSIGN action with this expression gives to an enrollment. */
function assign(expression) {
  const action = new engine.RuleActionJs(expression, 'ASSIGN', new Map([['field', 'AttributeId']]));
  const rule = new engine.RuleJs('true', [action], 'RuleRuleId1', 'rule', null, 1);
  const context = new engine.RuleEngineContextJs([rule], [], new Map(), new Map());
  const day = LocalDate.parse('2026-01-15');
  const enrollment = new engine.RuleEnrollmentJs(
    'Enrollment1', 'Program', day, day, engine.RuleEnrollmentStatus.ACTIVE, 'OrgUnitId01', null, [],
  );
  return new engine.RuleEngineJs(false).evaluateEnrollment(enrollment, [], context)[0]?.data;
}

const expected = {
  '7 % 3': '1', // right
  '1001 % 7': '0', // right
  '20 % 7': '0.4', // is 6
  '100 % 7': '0.6', // is 2
  'd2:modulus(100,7)': '0.6',
  'd2:modulus(123456,97)': '4.1', // is 72
};
let changed = false;
for (const [expression, seen] of Object.entries(expected)) {
  const value = assign(expression);
  console.log(`${expression} = ${value}`);
  if (value !== seen) changed = true;
}
process.exit(changed ? 1 : 0);
JS
echo '@dhis2/rule-engine 3.3.9'
node assign.mjs
