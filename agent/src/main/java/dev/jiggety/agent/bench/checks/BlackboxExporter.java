package dev.jiggety.agent.bench.checks;

import dev.jiggety.agent.bench.timing.TruthProcess;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.bench.ProcessCost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The blackbox exporter of Prometheus, which probes when it is asked. It is asked over connections
 * that stay, as Prometheus does, as often as the node checks with 10,000 tests a minute.
 *
 * @param program its path; Debian's package is called {@code prometheus-blackbox-exporter}
 */
public record BlackboxExporter(Path program) implements Rival {
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  @Override
  public void measure(
      BenchReport report, Path folder, TruthProcess site, Duration time, double ours)
      throws IOException, InterruptedException {
    int port = freePort();
    Path modules =
        Files.writeString(
            folder.resolve("blackbox.yml"), "modules: {http: {prober: http, timeout: 5s}}\n");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + modules.toAbsolutePath(),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI probe =
          URI.create(
              "http://127.0.0.1:%d/probe?module=http&target=http://127.0.0.1:%d/1"
                  .formatted(port, site.port()));
      Thread.sleep(1000); // it does not say when it listens
      ask(client, probe, WARM_UP);
      long before = site.answered();
      Duration cpu = cpu(process);
      ask(client, probe, time);
      Duration used = cpu(process).minus(cpu);
      double each = used.toNanos() / 1e6 / Math.max(1, site.answered() - before);
      report
          .figure("CPU a probe of blackbox_exporter", each, "ms")
          .figure("checks per CPU second vs blackbox_exporter", each / ours, "×");
    } finally {
      process.destroy();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static void ask(HttpClient client, URI probe, Duration time) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(probe).build();
    long begin = System.nanoTime();
    for (long due = begin; due - begin < time.toNanos(); due += EVERY.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      var _ = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }
  }

  private static Duration cpu(Process process) throws IOException {
    return ProcessCost.of(process.toHandle())
        .cpu()
        .orElseThrow(() -> new IOException("blackbox_exporter did not start or has ended"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
