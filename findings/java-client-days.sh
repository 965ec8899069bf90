#!/usr/bin/env bash
# DHIS2's Java client 2.4.2 (Maven org.hisp:dhis2-java-client) loses days of a tracker query. The days of events are
# sent as `occuredAfter` and `occuredBefore`, with one r: DHIS2 has no such parameters, ignores them and answers with
# the events of all time. The first day of incidents of tracked entities (`enrollmentOccurredAfter`) is sent with the
# value of the last day: alone it is not sent at all, together they ask for one day. A sum of one week becomes the sum
# of everything, or of nothing. Needs Maven and a JDK of 17 or later.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.hisp</groupId><artifactId>dhis2-java-client</artifactId><version>2.4.2</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath.txt >/dev/null 2>&1

cat >Ask.java <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.Date;
import java.util.stream.Stream;
import org.hisp.dhis.Dhis2;
import org.hisp.dhis.Dhis2Config;
import org.hisp.dhis.query.event.EventQuery;
import org.hisp.dhis.query.trackedentity.TrackedEntityQuery;

public class Ask {
  public static void main(String[] arguments) throws Exception {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      Stream.of(exchange.getRequestURI().getQuery().split("&")).filter(part -> part.matches("(?i).*occur?red(after|before)=.*"))
          .forEach(part -> System.out.println("  " + part));
      var body = "{\"events\":[],\"trackedEntities\":[]}".getBytes();
      exchange.getResponseHeaders().add("content-type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    var dhis2 = new Dhis2(new Dhis2Config("http://127.0.0.1:" + server.getAddress().getPort(), "reader", "reader"));
    var monday = new Date(1788739200000L); // 7 September 2026
    var sunday = new Date(1789257600000L); // 13 September 2026

    System.out.println("Events from Monday to Sunday");
    dhis2.getEvents(EventQuery.instance().setProgram("ProgramUidA").setOccurredAfter(monday).setOccurredBefore(sunday));
    System.out.println("Tracked entities with incidents from Monday");
    dhis2.getTrackedEntities(TrackedEntityQuery.instance().setProgram("ProgramUidA").setEnrollmentOccurredAfter(monday));
    System.out.println("Tracked entities with incidents from Monday to Sunday");
    dhis2.getTrackedEntities(
        TrackedEntityQuery.instance().setProgram("ProgramUidA").setEnrollmentOccurredAfter(monday).setEnrollmentOccurredBefore(sunday));
    server.stop(0);
  }
}
JAVA
echo 'org.hisp:dhis2-java-client 2.4.2'
java -cp "$(cat classpath.txt)" Ask.java 2>/dev/null | tee seen.txt
diff - seen.txt <<'SEEN'
Events from Monday to Sunday
  occuredAfter=2026-09-07T00:00:00.000
  occuredBefore=2026-09-13T00:00:00.000
Tracked entities with incidents from Monday
Tracked entities with incidents from Monday to Sunday
  enrollmentOccurredAfter=2026-09-13T00:00:00.000
  enrollmentOccurredBefore=2026-09-13T00:00:00.000
SEEN
