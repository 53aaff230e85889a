package dev.jiggety.agent.bench.couch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Bulk inserts and single writes. */
record WritePart(Server server, BenchDatabases databases, Load load) {

  /**
   * What was seen.
   *
   * @param rate documents a second
   * @param cpuMicros CPU time of the server for one document, warm-up included
   */
  record Bulk(double rate, Optional<Double> cpuMicros) {}

  Bulk bulk(int batch, int connections)
      throws IOException, InterruptedException, NotMeasuredException {
    String path = "/" + databases.create(server, "bulk") + "/_bulk_docs";
    AtomicLong next = new AtomicLong();
    Optional<Duration> before = server.cpu();
    double rate =
        load.rate(
            server,
            connections,
            wire -> {
              byte[] documents = Samples.batch(next.getAndAdd(batch), batch);
              Wire.Answer answer = wire.send("POST", path, documents);
              answer.require(201);
              String rows = answer.text();
              if (rows.contains("\"error\"")) {
                throw new NotMeasuredException("a document was refused: " + rows.substring(0, 99));
              }
              return batch;
            });
    Optional<Duration> used = server.cpu().flatMap(now -> before.map(now::minus));
    return new Bulk(rate, used.map(cpu -> (double) cpu.toNanos() / 1e3 / (double) next.get()));
  }

  /**
   * Single documents a second, each on the disk before it is answered, as far as the server does.
   */
  double put(int connections) throws IOException, InterruptedException, NotMeasuredException {
    String path = "/" + databases.create(server, "put") + "/";
    AtomicLong next = new AtomicLong();
    return load.rate(
        server,
        connections,
        wire -> {
          long n = next.getAndIncrement();
          byte[] document = Samples.document(n);
          wire.send("PUT", path + Samples.id(n), document).require(201);
          return 1;
        });
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
