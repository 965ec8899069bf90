#!/usr/bin/env bash
# @dhis2/rule-engine 3.3.9 (npm): a whole number above 2147483647 becomes 2147483647 when a program
# rule converts it to text: by ASSIGN, d2:concatenate, d2:substring, d2:length. Comparisons use the real
# number, and a NUMERIC variable alone in an expression is passed on unchanged. Telephone numbers and
# national ids that are stored as numbers can be that large: the first digits of 25077123456 are "214".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/rule-engine@3.3.9 @js-joda/core@3.2.0 >/dev/null

cat >assign.mjs <<'JS'
import * as engine from '@dhis2/rule-engine';
import { LocalDate } from '@js-joda/core';

const NUMBER = '25077123456';
const variable = new engine.RuleVariableJs(
  engine.RuleVariableType.TEI_ATTRIBUTE, 'number', false, [], 'AttributeId', engine.RuleValueType.NUMERIC, null,
);

/** What an ASSIGN action with this expression gives to an enrollment whose attribute is NUMBER. */
function assign(expression) {
  const action = new engine.RuleActionJs(expression, 'ASSIGN', new Map([['field', 'OtherAttrId']]));
  const rule = new engine.RuleJs('true', [action], 'RuleRuleId1', 'rule', null, 1);
  const context = new engine.RuleEngineContextJs([rule], [variable], new Map(), new Map());
  const day = LocalDate.parse('2026-01-15');
  const enrollment = new engine.RuleEnrollmentJs(
    'Enrollment1', 'Program', day, day, engine.RuleEnrollmentStatus.ACTIVE, 'OrgUnitId01', null,
    [new engine.RuleAttributeValue('AttributeId', NUMBER)],
  );
  return new engine.RuleEngineJs(false).evaluateEnrollment(enrollment, [], context)[0]?.data;
}

const expected = {
  'A{number}': NUMBER, // passed on
  'A{number} == 25077123456': 'true', // compared as it is
  'A{number} + 0': '2147483647',
  "d2:concatenate(A{number},'')": '2147483647',
  'd2:substring(A{number},0,3)': '214',
  'd2:length(A{number})': '10', // 11 digits
  '0 - 3000000000': '-2147483648',
  '3000000000.5': '3000000000.5', // a fraction saves it
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
