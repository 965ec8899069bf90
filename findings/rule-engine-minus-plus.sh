#!/usr/bin/env bash
# DHIS2's rule engine 3.3.9 and its expression parser 1.1.0 do not compute from left to right: `+` binds more
# tightly than `-`, and `*` more tightly than `/`. 10 - 4 + 3 is 3, not 9; a dose of 12 / 3 * 2 is 2, not 8.
# It is the same in both builds of the engine, for JavaScript (web apps) and for the JVM (server), so the value
# that a program rule assigns is wrong everywhere alike, without an error. Brackets give the right result.
# Needs Node, Maven and a JDK of 17 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/rule-engine@3.3.9 @js-joda/core@3.2.0 \
  @dhis2/expression-parser@1.1.0 >/dev/null

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
      System.out.println(RuleEngine.getInstance().evaluate(enrollment, List.of(), context).get(0).getData());
    }
  }
}
JAVA

cat >apps.mjs <<'JS'
import { ExpressionDataJs, ExpressionJs, ExpressionMode } from '@dhis2/expression-parser';
import * as engine from '@dhis2/rule-engine';
import { LocalDate } from '@js-joda/core';

const day = LocalDate.parse('2026-01-15');
const enrollment = new engine.RuleEnrollmentJs(
  'Enrollment1', 'Program', day, day, engine.RuleEnrollmentStatus.ACTIVE, 'OrgUnitId01', null, [],
);
for (const expression of process.argv.slice(2)) {
  const assign = new engine.RuleActionJs(expression, 'ASSIGN', new Map([['field', 'AttributeId']]));
  const rule = new engine.RuleJs('true', [assign], 'RuleRuleId1', 'rule', null, 1);
  const context = new engine.RuleEngineContextJs([rule], [], new Map(), new Map());
  const [{ data }] = new engine.RuleEngineJs(false).evaluateEnrollment(enrollment, [], context);
  const indicator = new ExpressionJs(expression, ExpressionMode.INDICATOR_EXPRESSION);
  console.log(`${expression}|${data}|${indicator.evaluate(() => null, new ExpressionDataJs())}`);
}
JS

expressions=('10 - 4 + 3' '(10 - 4) + 3' '10 - 4 - 3' '1 + 2 - 3 + 4' '12 / 3 * 2' '(12 / 3) * 2' '12 * 2 / 3')
echo 'expression | rule engine 3.3.9, npm | expression parser 1.1.0, npm, of an indicator | rule engine 3.3.9, Maven'
paste -d'|' <(node apps.mjs "${expressions[@]}") \
  <(java -cp "$(cat classpath.txt)" Server.java "${expressions[@]}" 2>/dev/null) | tee seen.txt
diff - seen.txt <<'SEEN'
10 - 4 + 3|3|3|3
(10 - 4) + 3|9|9|9
10 - 4 - 3|3|3|3
1 + 2 - 3 + 4|-4|-4|-4
12 / 3 * 2|2|2|2
(12 / 3) * 2|8|8|8
12 * 2 / 3|8|8|8
SEEN
