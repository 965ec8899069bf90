#!/usr/bin/env bash
# DHIS2's rule engine 3.3.9 is built twice from one source: for JavaScript (npm @dhis2/rule-engine, the
# engine of the web apps) and for the JVM (Maven org.hisp.dhis.rules:rule-engine-jvm, the engine of the
# server). The same number, assigned by the same rule, is a different text in each: 10000000.5 and 1.00000005E7,
# 0.00001 and 1.0E-5. A comparison of both values as texts finds a change that no user made.
# Needs Node, Maven and a JDK of 17 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @dhis2/rule-engine@3.3.9 @js-joda/core@3.2.0 >/dev/null

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

cat >Assign.java <<'JAVA'
import java.util.List;
import java.util.Map;
import org.hisp.dhis.rules.api.RuleEngine;
import org.hisp.dhis.rules.api.RuleEngineContext;
import org.hisp.dhis.rules.models.*;

public class Assign {
  public static void main(String[] expressions) {
    var day = new kotlinx.datetime.LocalDate(2026, 1, 15);
    for (String expression : expressions) {
      var action = new RuleAction(expression, "ASSIGN", Map.of("field", "AttributeId"));
      var rule = new Rule("true", List.of(action), "RuleRuleId1", "rule", null, 1);
      var context = new RuleEngineContext(List.of(rule), List.of(), Map.of(), Map.of());
      var enrollment = new RuleEnrollment(
          "Enrollment1", "Program", day, day, RuleEnrollmentStatus.ACTIVE, "OrgUnitId01", null, List.of());
      System.out.println(RuleEngine.getInstance().evaluate(enrollment, List.of(), context).get(0).getData());
    }
  }
}
JAVA

cat >assign.mjs <<'JS'
import * as engine from '@dhis2/rule-engine';
import { LocalDate } from '@js-joda/core';

const day = LocalDate.parse('2026-01-15');
for (const expression of process.argv.slice(2)) {
  const action = new engine.RuleActionJs(expression, 'ASSIGN', new Map([['field', 'AttributeId']]));
  const rule = new engine.RuleJs('true', [action], 'RuleRuleId1', 'rule', null, 1);
  const context = new engine.RuleEngineContextJs([rule], [], new Map(), new Map());
  const enrollment = new engine.RuleEnrollmentJs(
    'Enrollment1', 'Program', day, day, engine.RuleEnrollmentStatus.ACTIVE, 'OrgUnitId01', null, [],
  );
  console.log(new engine.RuleEngineJs(false).evaluateEnrollment(enrollment, [], context)[0].data);
}
JS

expressions=('0.5 + 0.25' '10000000.5' '25000000 / 2 + 0.25' '1 / 100000' '0.0000001')
echo 'expression | @dhis2/rule-engine 3.3.9 (npm) | rule-engine-jvm 3.3.9 (Maven)'
paste -d'|' <(printf '%s\n' "${expressions[@]}") \
  <(node assign.mjs "${expressions[@]}") \
  <(java -cp "$(cat classpath.txt)" Assign.java "${expressions[@]}" 2>/dev/null) | tee seen.txt
diff - seen.txt <<'SEEN'
0.5 + 0.25|0.75|0.75
10000000.5|10000000.5|1.00000005E7
25000000 / 2 + 0.25|12500000.25|1.250000025E7
1 / 100000|0.00001|1.0E-5
0.0000001|1e-7|1.0E-7
SEEN
