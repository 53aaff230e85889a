package dev.jiggety.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks an endpoint as Prometheus does. */
public final class Look {
  /** What Prometheus sends that takes OpenMetrics. */
  static final String OPEN_METRICS =
      "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1";

  private Look() {}

  static HttpResponse<String> at(URI url, String method, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Scrapes in both formats, which say the same of it; gives back the figures. */
  public static Exposition scrape(Metrics metrics) {
    URI url = metrics.url().orElseThrow().resolve("metrics");
    HttpResponse<String> open = at(url, "GET", "Accept", OPEN_METRICS);
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(open.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text")
        .contains("version=1.0.0");
    Exposition read = Exposition.read(open.body(), true);
    HttpResponse<String> text = at(url, "GET");
    assertThat(text.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain")
        .contains("version=0.0.4");
    Exposition plain = Exposition.read(text.body(), false);
    assertThat(plain.series().keySet())
        .filteredOn(it -> !it.startsWith("jvm_"))
        .containsAll(
            read.series().keySet().stream()
                .filter(it -> !it.startsWith("jvm_") && !it.contains("_created"))
                .toList());
    return read;
  }
}
