#!/usr/bin/env bash
# Three engines of FHIRPath add months and years to a time in the zone of the computer, not in the one that the time
# is written with: fhirpath 5.2.2 (npm), org.hl7.fhir.r4 6.9.4 (Maven, the engine of HAPI) and fhirpathpy 2.2.4 (PyPI,
# in UTC on any computer). One month before 1 March 00:30 in Maputo (+02:00) is 29 January on a server in UTC, and
# 1 February on one in Maputo. A window of cases or the end of a follow-up is up to three days off, for what is dated in
# the first hours of a day east of Greenwich, or in the last ones west of it. The expected times are those of java.time.
# fhirpathpy and org.hl7.fhir.r4 also take off 1984 what is no whole year: 1984 - 1 month is 1983, against the
# specification. mod of a negative number differs as well. Needs Node, Python of 3.11 or later, Maven and a JDK of 17 or
# later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fhirpath@5.2.2 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fhirpathpy==2.2.4
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>ca.uhn.hapi.fhir</groupId><artifactId>org.hl7.fhir.r4</artifactId><version>6.9.4</version></dependency>
    <dependency><groupId>ca.uhn.hapi.fhir</groupId><artifactId>hapi-fhir-base</artifactId><version>8.8.0</version></dependency>
    <dependency><groupId>org.fhir</groupId><artifactId>ucum</artifactId><version>1.0.10</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath.txt >/dev/null 2>&1

# Each engine prints a result as it is, or a time as that of +02:00.
cat >engine.cjs <<'JS'
const { readFileSync } = require('node:fs');
const fhirpath = require('fhirpath');
const model = require('fhirpath/fhir-context/r4');

for (const expression of readFileSync('expressions.txt', 'utf8').trim().split('\n')) {
  const [result] = fhirpath.evaluate({}, expression, null, model);
  const text = String(result);
  if (!text.includes('T')) console.log(text);
  else {
    // It writes +00:00 as -00:00.
    const time = new Date(text.replace('-00:00', 'Z')).getTime() + 2 * 3600_000;
    console.log(`${new Date(time).toISOString().slice(0, 16)}+02:00`);
  }
}
JS
cat >engine.py <<'PY'
from datetime import datetime, timedelta, timezone

from fhirpathpy import evaluate

for expression in open("expressions.txt").read().splitlines():
    text = str(evaluate({}, expression, {})[0])
    if "T" in text:
        text = datetime.fromisoformat(text).astimezone(timezone(timedelta(hours=2))).isoformat(timespec="minutes")
    print(text)
PY
cat >Engine.java <<'JAVA'
import java.nio.file.*;
import java.time.*;
import org.hl7.fhir.r4.context.SimpleWorkerContext;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.model.Patient;

public class Engine {
  public static void main(String[] arguments) throws Exception {
    var engine = new FHIRPathEngine(new SimpleWorkerContext());
    for (var expression : Files.readAllLines(Path.of("expressions.txt"))) {
      var text = engine.convertToString(engine.evaluate(new Patient(), expression));
      System.out.println(text.contains("T")
          ? OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.ofHours(2)).toString() : text);
    }
  }
}
JAVA
cat >Expected.java <<'JAVA'
import java.nio.file.*;
import java.time.*;

public class Expected {
  public static void main(String[] arguments) throws Exception {
    for (var expression : Files.readAllLines(Path.of("expressions.txt"))) {
      var parts = expression.substring(1).split(" ");
      var amount = Integer.parseInt(parts[2]) * (parts[1].equals("-") ? -1 : 1);
      var time = OffsetDateTime.parse(parts[0]);
      System.out.println(parts[3].startsWith("month") ? time.plusMonths(amount)
          : parts[3].startsWith("year") ? time.plusYears(amount) : time.plusDays(amount));
    }
  }
}
JAVA
run() {
  node engine.cjs 2>/dev/null >js.txt
  venv/bin/python engine.py >py.txt
  java -cp "$(cat classpath.txt)" Engine.java 2>/dev/null >jvm.txt
}

{
  echo 'expression | fhirpath 5.2.2 | fhirpathpy 2.2.4 | org.hl7.fhir.r4 6.9.4 | expected'
  cat >expressions.txt <<'TXT'
@2026-03-01T00:30:00.000+02:00 - 1 month
@2026-03-31T00:30:00.000+02:00 + 1 month
@2024-02-29T00:30:00.000+02:00 + 1 year
@2026-03-01T00:30:00.000+02:00 - 30 days
@2026-03-01T10:30:00.000+02:00 - 1 month
TXT
  java Expected.java >expected.txt
  for zone in UTC Africa/Maputo; do
    export TZ=$zone
    run
    echo "on a server in $zone:"
    paste -d'|' expressions.txt js.txt py.txt jvm.txt expected.txt
  done

  export TZ=UTC
  for day in {0..364}; do date -d "2026-01-01 $day days" '+@%FT00:30:00.000+02:00 - 1 month'; done >expressions.txt
  java Expected.java >expected.txt
  run
  echo 'wrong days among the 365 of one month before 00:30 in 2026, in UTC:'
  for engine in js py jvm; do
    paste -d' ' $engine.txt expected.txt \
      | awk -v name=$engine '{ if (substr($1, 1, 10) != substr($2, 1, 10)) wrong++ } END { print name ": " wrong + 0 }'
  done

  cat >expressions.txt <<'TXT'
@1984 - 1 month
@2024-03 - 1 day
(-7) mod 3
TXT
  printf '%s\n' 1984 2024-03 -1 >expected.txt
  run
  echo 'without a time:'
  paste -d'|' expressions.txt js.txt py.txt jvm.txt expected.txt
} | tee seen.txt
diff - seen.txt <<'SEEN'
expression | fhirpath 5.2.2 | fhirpathpy 2.2.4 | org.hl7.fhir.r4 6.9.4 | expected
on a server in UTC:
@2026-03-01T00:30:00.000+02:00 - 1 month|2026-01-29T00:30+02:00|2026-01-29T00:30+02:00|2026-01-29T00:30+02:00|2026-02-01T00:30+02:00
@2026-03-31T00:30:00.000+02:00 + 1 month|2026-05-01T00:30+02:00|2026-05-01T00:30+02:00|2026-05-01T00:30+02:00|2026-04-30T00:30+02:00
@2024-02-29T00:30:00.000+02:00 + 1 year|2025-03-01T00:30+02:00|2025-03-01T00:30+02:00|2025-03-01T00:30+02:00|2025-02-28T00:30+02:00
@2026-03-01T00:30:00.000+02:00 - 30 days|2026-01-30T00:30+02:00|2026-01-30T00:30+02:00|2026-01-30T00:30+02:00|2026-01-30T00:30+02:00
@2026-03-01T10:30:00.000+02:00 - 1 month|2026-02-01T10:30+02:00|2026-02-01T10:30+02:00|2026-02-01T10:30+02:00|2026-02-01T10:30+02:00
on a server in Africa/Maputo:
@2026-03-01T00:30:00.000+02:00 - 1 month|2026-02-01T00:30+02:00|2026-01-29T00:30+02:00|2026-02-01T00:30+02:00|2026-02-01T00:30+02:00
@2026-03-31T00:30:00.000+02:00 + 1 month|2026-04-30T00:30+02:00|2026-05-01T00:30+02:00|2026-04-30T00:30+02:00|2026-04-30T00:30+02:00
@2024-02-29T00:30:00.000+02:00 + 1 year|2025-02-28T00:30+02:00|2025-03-01T00:30+02:00|2025-02-28T00:30+02:00|2025-02-28T00:30+02:00
@2026-03-01T00:30:00.000+02:00 - 30 days|2026-01-30T00:30+02:00|2026-01-30T00:30+02:00|2026-01-30T00:30+02:00|2026-01-30T00:30+02:00
@2026-03-01T10:30:00.000+02:00 - 1 month|2026-02-01T10:30+02:00|2026-02-01T10:30+02:00|2026-02-01T10:30+02:00|2026-02-01T10:30+02:00
wrong days among the 365 of one month before 00:30 in 2026, in UTC:
js: 12
py: 12
jvm: 12
without a time:
@1984 - 1 month|1984|1983|1983|1984
@2024-03 - 1 day|2024-03|2024-03|2024-02|2024-03
(-7) mod 3|-1|2|-1|-1
SEEN
