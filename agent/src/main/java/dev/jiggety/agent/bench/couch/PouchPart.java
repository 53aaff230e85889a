package dev.jiggety.agent.bench.couch;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * PouchDB's replication with our hub, run by Node.js: into and out of a database in its memory,
 * with PouchDB's own batch size and with one as large as ours; the better of the two counts.
 */
record PouchPart(Server server, BenchDatabases databases, CouchScale scale, Path folder) {
  private static final List<Integer> BATCHES = List.of(100, 1_000);

  void measure(Figures figures) throws InterruptedException {
    figures.attempt(
        "replication",
        () -> {
          double pull = 0;
          double push = 0;
          String source = databases.fill(server, "source", scale.rivalDocuments());
          for (int batch : BATCHES) {
            String target = databases.create(server, "target");
            JsonObject seen = replicate(source, target, batch);
            pull = Math.max(pull, rate(seen, "pullMillis"));
            push = Math.max(push, rate(seen, "pushMillis"));
          }
          figures.add("replication pull", pull, Figures.PER_SECOND);
          figures.add("replication push", push, Figures.PER_SECOND);
          return pull;
        });
  }

  private double rate(JsonObject seen, String time) {
    return scale.rivalDocuments() * 1e3 / seen.get(time).getAsDouble();
  }

  private JsonObject replicate(String source, String target, int batch)
      throws IOException, InterruptedException, NotMeasuredException {
    URI base = server.address().base();
    if (server.address().credentials().isPresent()) {
      throw new NotMeasuredException("PouchDB is measured with a hub without passwords alone");
    }
    // A script on standard input finds its modules where it runs.
    var process =
        new ProcessBuilder(
                "node", "-", base + "/" + source, base + "/" + target, Integer.toString(batch))
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream script =
        Objects.requireNonNull(PouchPart.class.getResourceAsStream("pouch-replicate.js"))) {
      try (var in = process.getOutputStream()) {
        script.transferTo(in);
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new NotMeasuredException("PouchDB failed: " + output.strip());
      }
      JsonObject seen = JsonParser.parseString(output).getAsJsonObject();
      long pushed = seen.get("pushed").getAsLong();
      if (pushed != scale.rivalDocuments()) {
        throw new NotMeasuredException(pushed + " documents arrived with PouchDB");
      }
      return seen;
    } finally {
      process.destroyForcibly();
    }
  }
}
