package dev.jiggety.agent.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** docs/couchdb.md says of every endpoint what the hub makes of it; this asks the hub. */
class EndpointsPageTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z]+) (/\\S*)` \\| (yes|differs|no) \\| (.*)\\|");
  private static final Pattern OTHER_ANSWER = Pattern.compile("^(\\d{3}): .*");

  @TempDir static Path folder;
  private static HubFixture hub;

  /** A row of the page. */
  private record Row(String method, String path, boolean here, String remarks) {}

  @BeforeAll
  static void start() {
    hub = new HubFixture(folder);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(page()).stream()
        .map(ROW::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(row -> new Row(row.group(1), row.group(2), !row.group(3).equals("no"), row.group(4)))
        .toList();
  }

  private static Path page() {
    for (var up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve("docs/couchdb.md"))) {
        return up.resolve("docs/couchdb.md");
      }
    }
    throw new IllegalStateException("docs/couchdb.md is not above here");
  }

  @Test
  void everyRowIsRead() throws IOException {
    var tables = Files.readAllLines(page()).stream().filter(line -> line.startsWith("| `")).count();
    assertThat(rows()).hasSize((int) tables).hasSizeGreaterThan(100);
  }

  @TestFactory
  Stream<DynamicTest> theHubDoesWhatThePageSays() throws IOException {
    return rows().stream()
        .map(row -> DynamicTest.dynamicTest(row.method + " " + row.path, () -> check(row)));
  }

  private static void check(Row row) {
    var fresh = hub.put("db?partitioned=true", "");
    assertThat(fresh.status()).isIn(201, 412);
    hub.put("db/p:doc", "{}");
    hub.put("db/_design/ddoc", "{\"views\":{\"view\":{\"map\":\"function(doc){emit(1)}\"}}}");
    var path =
        row.path
            .substring(1)
            .replace("{db}", "db")
            .replace("{docid}", "p:doc")
            .replace("{partition}", "p")
            .replaceAll("\\{(\\w+)}", "$1");
    var body = row.method.equals("POST") || row.method.equals("PUT") ? "{}" : "";
    var answer = hub.send(hub.request(row.method, path, body));
    var other = OTHER_ANSWER.matcher(row.remarks);
    if (row.here) {
      assertThat(answer.status()).as(answer.body()).isNotIn(405, 500, 501);
    } else if (other.matches()) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(Integer.parseInt(other.group(1)));
    } else {
      assertThat(answer.error()).startsWith("501 not_implemented: ").contains("Apache CouchDB");
    }
  }
}
