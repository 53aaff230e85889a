package dev.jiggety.agent.bench.couch;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * PouchDB's replication with our hub, run by Node.js: into and out of a database of its own on the
 * disk (LevelDB), as we do, with its own batch size and with one as large as ours.
 */
record PouchPart(
    Server server, BenchDatabases databases, CouchScale scale, Path pouch, Path folder) {
  private static final int ITS_BATCH = 100;
  private static final int OUR_BATCH = 1_000;

  void measure(Figures figures) throws InterruptedException {
    figures.attempt(
        "replication",
        () -> {
          String source = databases.fill(server, "source", scale.rivalDocuments());
          for (int batch : List.of(ITS_BATCH, OUR_BATCH)) {
            String target = databases.create(server, "target");
            JsonObject seen = replicate(source, target, batch);
            String how = batch == ITS_BATCH ? "" : ", " + batch + " a batch";
            figures.add("replication pull" + how, rate(seen, "pullMillis"), Figures.PER_SECOND);
            figures.add("replication push" + how, rate(seen, "pushMillis"), Figures.PER_SECOND);
          }
          return source;
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
                "node",
                "-",
                base + "/" + source,
                base + "/" + target,
                Integer.toString(batch),
                Files.createDirectory(folder.resolve("pouch-" + batch)).toString())
            .directory(pouch.toFile())
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
