package dev.jiggety.agent.bench.couch;

import dev.jiggety.base.Quantiles;
import java.io.IOException;
import java.time.Duration;

/** One view with a map function and {@code _stats}. */
final class ViewPart {
  private static final String DESIGN =
      """
      {"language":"javascript","views":{"totals":{
        "map":"function (doc) { if (doc.type === 'sample') { emit([doc.site, doc.day], doc.total); } }",
        "reduce":"_stats"}}}
      """;

  private final Server server;
  private final BenchDatabases databases;
  private final int documents;
  private String view = "";

  ViewPart(Server server, BenchDatabases databases, int documents) {
    this.server = server;
    this.databases = databases;
    this.documents = documents;
  }

  /** How long the first query takes, which builds the index. */
  Duration build() throws IOException, NotMeasuredException {
    String database = databases.fill(server, "view", documents);
    byte[] design = WritePart.bytes(DESIGN);
    server.ask(201, "PUT", "/" + database + "/_design/bench", design);
    view = "/" + database + "/_design/bench/_view/totals";
    long begun = System.nanoTime();
    Wire.Answer answer = server.ask(200, "GET", view, null);
    if (!answer.text().contains("\"count\":" + documents)) {
      throw new NotMeasuredException("the view did not count " + documents + ": " + answer.text());
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** The median of some queries; all rows of the level are read. */
  Duration query(int level, int queries) throws IOException, NotMeasuredException {
    try (Wire wire = new Wire(server.address())) {
      long[] nanos = new long[queries];
      for (int i = -2; i < queries; i++) { // two that do not count
        long begun = System.nanoTime();
        wire.send("GET", view + "?group_level=" + level, null).require(200);
        if (i >= 0) {
          nanos[i] = System.nanoTime() - begun;
        }
      }
      return Duration.ofNanos(new Quantiles(nanos).at(0.5));
    }
  }
}
