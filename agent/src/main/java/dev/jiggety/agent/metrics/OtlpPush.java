package dev.jiggety.agent.metrics;

import dev.jiggety.base.Secret;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Pushes all figures by OTLP again and again (http/protobuf), a last time when it is closed. A
 * receiver that is away is tried again at the next time: sums go on growing meanwhile, so nothing
 * of them is lost.
 */
final class OtlpPush implements AutoCloseable {
  private static final Logger LOG = System.getLogger(OtlpPush.class.getName());

  // Held, because a level is forgotten with its logger: it complains at every push.
  private static final java.util.logging.Logger EXPORTER_LOG =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final OtlpConfig config;
  private final Scrape scrape;
  private final OtlpData data;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OtlpHttpMetricExporter exporter;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("otlp").unstarted(this::loop);
  private boolean away;

  private OtlpPush(OtlpConfig config, Scrape scrape, Who who, InstantSource clock) {
    this.config = config;
    this.scrape = scrape;
    this.data = new OtlpData(who, clock.instant());
    this.clock = clock;
    OtlpHttpMetricExporterBuilder builder =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(config.endpoint().toString())
            .setTimeout(PATIENCE)
            .setConnectTimeout(PATIENCE)
            .setCompression("gzip")
            .setMeterProvider(MeterProvider.noop())
            .setExecutorService(threads);
    for (Map.Entry<String, Secret> header : config.headers().entrySet()) {
      builder.addHeader(header.getKey(), header.getValue().reveal());
    }
    this.exporter = builder.build();
  }

  /** Begins to push; the first time at once. */
  static OtlpPush start(OtlpConfig config, Scrape scrape, Who who, InstantSource clock) {
    EXPORTER_LOG.setLevel(java.util.logging.Level.OFF);
    OtlpPush push = new OtlpPush(config, scrape, who, clock);
    push.thread.start();
    return push;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(PATIENCE.plusSeconds(1))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exporter.shutdown().join(1, TimeUnit.SECONDS);
    threads.shutdownNow();
  }

  private void loop() {
    try {
      boolean last;
      do {
        last = closed.getCount() == 0;
        push();
      } while (!closed.await(config.every().toMillis(), TimeUnit.MILLISECONDS) || !last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to stop
    }
  }

  private void push() {
    try {
      CompletableResultCode done = exporter.export(data.of(scrape.now(), clock.instant()));
      done.join(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
      said(done.isSuccess(), String.valueOf(done.getFailureThrowable()));
    } catch (RuntimeException e) {
      said(false, String.valueOf(e));
    }
  }

  /** Down once, up once. The address has no secret; headers are not told. */
  private void said(boolean arrived, String why) {
    if (arrived && away) {
      LOG.log(Level.INFO, "{0} takes figures again", config.endpoint());
    } else if (!arrived && !away) {
      LOG.log(Level.WARNING, "{0} does not take figures: {1}", config.endpoint(), why);
    }
    away = !arrived;
  }
}
