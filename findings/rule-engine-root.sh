#!/usr/bin/env bash
# DHIS2's rule engine 3.3.9 (npm) and expression parser 1.1.0 cut the exponent of a power to a whole number. A rule
# cannot take a root: the body surface (height × weight / 3600) ^ 0.5 of 180 cm and 80 kg is 1 instead of 2 m²,
# and 27 ^ (1 / 3) is 1. There is no error, and the language has no function for roots.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/rule-engine@3.3.9 @js-joda/core@3.2.0 \
  @dhis2/expression-parser@1.1.0 >/dev/null

cat >evaluate.mjs <<'JS'
import { ExpressionDataJs, ExpressionJs, ExpressionMode } from '@dhis2/expression-parser';
import * as engine from '@dhis2/rule-engine';
import { LocalDate } from '@js-joda/core';

const day = LocalDate.parse('2026-01-15');
const enrollment = new engine.RuleEnrollmentJs(
  'Enrollment1', 'Program', day, day, engine.RuleEnrollmentStatus.ACTIVE, 'OrgUnitId01', null, [],
);
const assigned = (expression) => {
  const assign = new engine.RuleActionJs(expression, 'ASSIGN', new Map([['field', 'AttributeId']]));
  const rule = new engine.RuleJs('true', [assign], 'RuleRuleId1', 'rule', null, 1);
  const context = new engine.RuleEngineContextJs([rule], [], new Map(), new Map());
  return new engine.RuleEngineJs(false).evaluateEnrollment(enrollment, [], context)[0].data;
};
const indicator = (expression) =>
  new ExpressionJs(expression, ExpressionMode.INDICATOR_EXPRESSION).evaluate(() => null, new ExpressionDataJs());
console.log('expression | rule engine 3.3.9 | expression parser 1.1.0, of an indicator');
for (const expression of ['(180 * 80 / 3600) ^ 0.5', '27 ^ (1 / 3)', '2 ^ 1.9', '2 ^ 2']) {
  console.log(`${expression}|${assigned(expression)}|${indicator(expression)}`);
}
JS

node evaluate.mjs | tee seen.txt
diff - seen.txt <<'SEEN'
expression | rule engine 3.3.9 | expression parser 1.1.0, of an indicator
(180 * 80 / 3600) ^ 0.5|1|1
27 ^ (1 / 3)|1|1
2 ^ 1.9|2|2
2 ^ 2|4|4
SEEN
