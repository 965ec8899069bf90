#!/usr/bin/env bash
# The two engines of CQL, the language in which WHO's SMART guidelines say who is due for what, compute one library
# differently, without an error: org.cqframework:engine 4.4.0 (Maven) and cql-execution 3.3.2 (npm). By the
# specification a month or year ends on the last day of the month if that month lacks the day (appendix H), weeks
# begin on Sunday for a difference (appendix B), and an age is uncertain if the date of birth lacks what it depends on
# (Uncertainty). The Maven engine makes children born on 29 to 31 May 8 months old on 28 February, not 9, so they are
# not due for measles. It counts whole weeks where Sundays count. It takes who was born in 2021 for 5 years old on 1
# March 2026, though nobody can know. Of Celsius against Fahrenheit it makes null, so an if says "no fever" (the
# specification allows to convert no units, but it converts others). The npm engine merges intervals without regard to
# open ends, so a stay loses its last day or gains days between two stays, and it computes decimals in binary, though
# they have to be exact to 8 places. Needs Node, Maven and a JDK of 17 or later.
set -euo pipefail
export TZ=UTC
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cql-execution@3.3.2 >/dev/null
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.cqframework</groupId><artifactId>engine</artifactId><version>4.4.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath.txt >/dev/null 2>&1

cat >rows.txt <<'TXT'
CalculateAgeInMonthsAt(@2025-05-31, @2026-02-28)|9
CalculateAgeInMonthsAt(@2025-05-28, @2026-02-28)|9
CalculateAgeInYearsAt(@2020-02-29, @2025-02-28)|5
CalculateAgeInMonthsAt(@2025-05, @2026-02-15) >= 9|null
CalculateAgeInYearsAt(@2021, @2026-03-01) < 5|null
CalculateAgeInYearsAt(@2020, @2026-03-01) < 5|false
difference in weeks between @2026-01-03 and @2026-01-04|1
difference in weeks between @2026-01-04 and @2026-01-10|0
difference in months between @2026-01-31 and @2026-02-01|1
if(38.5 'Cel' >= 38 'Cel') then 'fever' else 'no fever'|fever
if(38.5 'Cel' >= 100.4 '[degF]') then 'fever' else 'no fever'|fever
5 '10*3/uL' < 10 '10*9/L'|true
Count(expand {Interval[@2026-03-01, @2026-03-05), Interval[@2026-03-03, @2026-03-08]} per day)|8
Count(collapse {Interval[@2026-03-01, @2026-03-09], Interval[@2026-03-10, @2026-03-20]})|1
Count(collapse {Interval[@2026-03-01, @2026-03-10), Interval[@2026-03-11, @2026-03-20]})|2
8.1 * 3 >= 24.3|true
TXT
days() { for ((day = 0; day < $2; day++)); do date -d "$1 $day days" +@%F; done | paste -sd,; }
{
  echo "library Rules version '1'"
  awk -F'|' '{ printf "define r%02d: %s\n", NR, $1 }' rows.txt
  echo "define z1: from ({$(days 2025-01-01 365)}) B, ({$(days 2026-01-01 365)}) D return all CalculateAgeInMonthsAt(B, D)"
  echo "define z2: from ({$(days 2026-01-01 28)}) A, ({$(days 2026-01-29 28)}) B return all difference in weeks between A and B"
} >Rules.cql

# Each engine prints a line for each of the rows, and then two lists, compared below with java.time.
cat >Maven.java <<'JAVA'
import java.nio.file.*;
import java.util.List;
import kotlinx.io.Buffer;
import org.cqframework.cql.cql2elm.*;
import org.hl7.elm.r1.VersionedIdentifier;
import org.opencds.cqf.cql.engine.execution.*;

public class Maven {
  public static void main(String[] arguments) throws Exception {
    var text = Files.readAllBytes(Path.of("Rules.cql"));
    var libraries = new LibraryManager(new ModelManager());
    libraries.getLibrarySourceLoader().registerProvider(id -> {
      var source = new Buffer();
      source.write(text, 0, text.length);
      return source;
    });
    var translator = CqlTranslator.fromText(new String(text), libraries);
    if (!translator.getErrors().isEmpty()) throw new IllegalStateException(translator.getErrors().toString());
    Files.writeString(Path.of("Rules.json"), translator.toJson());
    var rules = new VersionedIdentifier().withId("Rules").withVersion("1");
    for (var definition : translator.getTranslatedLibrary().getLibrary().getStatements().getDef()) {
      var wanted = new EvaluationParams.LibraryParams.Builder();
      wanted.expressions(definition.getName());
      var request = new EvaluationParams.Builder();
      request.library(rules, wanted.build());
      var value = new CqlEngine(new Environment(libraries)).evaluate(request.build())
          .getOnlyResultOrThrow().get(definition.getName()).getValue();
      if (value instanceof Iterable<?> list) list.forEach(System.out::println);
      else System.out.println(value);
    }
  }
}
JAVA
cat >npm.cjs <<'JS'
const { readFileSync } = require('node:fs');
const { DateTime, Executor, Library, PatientSource } = require('cql-execution');

const library = new Library(JSON.parse(readFileSync('Rules.json', 'utf8')));
const executor = new Executor(library);
executor.exec(new PatientSource([]), DateTime.fromJSDate(new Date(0))).then(({ unfilteredResults }) => {
  for (const name of Object.keys(unfilteredResults).sort()) {
    for (const value of [unfilteredResults[name]].flat()) console.log(String(value));
  }
});
JS
cat >Expected.java <<'JAVA'
import java.time.LocalDate;

public class Expected {
  public static void main(String[] arguments) {
    var birth = LocalDate.of(2025, 1, 1);
    for (var b = birth; b.getYear() == 2025; b = b.plusDays(1)) {
      for (var d = LocalDate.of(2026, 1, 1); d.getYear() == 2026; d = d.plusDays(1)) {
        int months = 0;
        while (!b.plusMonths(months + 1).isAfter(d)) months++;
        System.out.println(months);
      }
    }
    for (int a = 0; a < 28; a++) {
      for (int b = 28; b < 56; b++) {
        int sundays = 0;
        for (int day = a + 1; day <= b; day++) {
          if (LocalDate.of(2026, 1, 1).plusDays(day).getDayOfWeek().getValue() == 7) sundays++;
        }
        System.out.println(sundays);
      }
    }
  }
}
JAVA
java -cp "$(cat classpath.txt)" Maven.java 2>/dev/null >maven.txt
node npm.cjs >npm.txt
{ cut -d'|' -f2 rows.txt; java Expected.java; } >expected.txt

rows=$(wc -l <rows.txt)
ages=$((365 * 365))
wrong() { paste "$1" expected.txt | sed -n "$2,$3p" | awk '$1 != $2 { wrong++ } END { print wrong + 0 }'; }
{
  echo 'expression | org.cqframework:engine 4.4.0 | cql-execution 3.3.2 | specification'
  paste -d'|' <(cut -d'|' -f1 rows.txt) <(head -n "$rows" maven.txt) <(head -n "$rows" npm.txt) <(cut -d'|' -f2 rows.txt)
  for engine in maven npm; do
    echo "$engine: $(wrong $engine.txt $((rows + 1)) $((rows + ages))) of $ages ages in months wrong (born on a day of 2025, seen on one of 2026)"
    echo "$engine: $(wrong $engine.txt $((rows + ages + 1)) '$') of 784 differences in weeks wrong (28 days, each with 28 later ones)"
  done
} | tee seen.txt
diff - seen.txt <<'SEEN'
expression | org.cqframework:engine 4.4.0 | cql-execution 3.3.2 | specification
CalculateAgeInMonthsAt(@2025-05-31, @2026-02-28)|8|9|9
CalculateAgeInMonthsAt(@2025-05-28, @2026-02-28)|9|9|9
CalculateAgeInYearsAt(@2020-02-29, @2025-02-28)|4|5|5
CalculateAgeInMonthsAt(@2025-05, @2026-02-15) >= 9|true|null|null
CalculateAgeInYearsAt(@2021, @2026-03-01) < 5|false|null|null
CalculateAgeInYearsAt(@2020, @2026-03-01) < 5|false|false|false
difference in weeks between @2026-01-03 and @2026-01-04|0|1|1
difference in weeks between @2026-01-04 and @2026-01-10|0|0|0
difference in months between @2026-01-31 and @2026-02-01|1|1|1
if(38.5 'Cel' >= 38 'Cel') then 'fever' else 'no fever'|fever|fever|fever
if(38.5 'Cel' >= 100.4 '[degF]') then 'fever' else 'no fever'|no fever|fever|fever
5 '10*3/uL' < 10 '10*9/L'|true|true|true
Count(expand {Interval[@2026-03-01, @2026-03-05), Interval[@2026-03-03, @2026-03-08]} per day)|8|7|8
Count(collapse {Interval[@2026-03-01, @2026-03-09], Interval[@2026-03-10, @2026-03-20]})|1|1|1
Count(collapse {Interval[@2026-03-01, @2026-03-10), Interval[@2026-03-11, @2026-03-20]})|2|1|2
8.1 * 3 >= 24.3|true|false|true
maven: 57 of 133225 ages in months wrong (born on a day of 2025, seen on one of 2026)
maven: 336 of 784 differences in weeks wrong (28 days, each with 28 later ones)
npm: 0 of 133225 ages in months wrong (born on a day of 2025, seen on one of 2026)
npm: 0 of 784 differences in weeks wrong (28 days, each with 28 later ones)
SEEN
