#!/usr/bin/env bash
# DHIS2's Java client 2.4.2 (Maven org.hisp:dhis2-java-client) returns at most 50 enrollments. getEnrollments sends no
# page, so DHIS2 answers with its first 50; the query has no setter for a page or a page size (that of events has
# both), and the result drops the pager, so a caller sees neither that there are more nor a way to them.
# Needs Maven and a JDK of 17 or later.
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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hisp.dhis.Dhis2;
import org.hisp.dhis.Dhis2Config;
import org.hisp.dhis.model.enrollment.EnrollmentsResult;
import org.hisp.dhis.query.enrollment.EnrollmentQuery;
import org.hisp.dhis.query.event.EventQuery;

public class Ask {
  /** A program with 120 enrollments, in pages of 50 as DHIS2 has them unless it is asked for another size. */
  static String answer(String query) {
    int page = query.contains("page=") ? Integer.parseInt(query.replaceAll(".*[&?]?page=(\\d+).*", "$1")) : 1;
    var items = IntStream.range((page - 1) * 50, Math.min(page * 50, 120))
        .mapToObj(n -> String.format("{\"enrollment\":\"Enrollm%04d\"}", n)).collect(Collectors.joining(","));
    return "{\"pager\":{\"page\":" + page + ",\"pageSize\":50},\"enrollments\":[" + items + "]}";
  }

  static List<String> named(Class<?> type, String part) {
    return Stream.of(type.getMethods()).map(method -> method.getName()).filter(name -> name.toLowerCase().contains(part))
        .sorted().distinct().toList();
  }

  public static void main(String[] arguments) throws Exception {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", exchange -> {
      var query = exchange.getRequestURI().getQuery();
      System.out.println("asked: " + query);
      var body = answer(query).getBytes();
      exchange.getResponseHeaders().add("content-type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    var dhis2 = new Dhis2(new Dhis2Config("http://127.0.0.1:" + server.getAddress().getPort(), "reader", "reader"));
    var result = dhis2.getEnrollments(EnrollmentQuery.instance().setProgram("ProgramUidA"));
    System.out.println("returned: " + result.getEnrollments().size() + " of 120");
    System.out.println("pages of a query of enrollments: " + named(EnrollmentQuery.class, "pag"));
    System.out.println("pages of their result: " + named(EnrollmentsResult.class, "page"));
    System.out.println("pages of a query of events: " + named(EventQuery.class, "pag"));
    server.stop(0);
  }
}
JAVA
echo 'org.hisp:dhis2-java-client 2.4.2'
java -cp "$(cat classpath.txt)" Ask.java 2>/dev/null | tee seen.txt
diff - seen.txt <<'SEEN'
asked: program=ProgramUidA
returned: 50 of 120
pages of a query of enrollments: []
pages of their result: []
pages of a query of events: [getPaging, setPaging]
SEEN
