package dev.jiggety.agent.metrics;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where figures are pushed to by OTLP, and how.
 *
 * @param endpoint the receiver's address, with the path of metrics
 * @param headers sent with each push; their values are secrets
 * @param every between two pushes
 */
public record OtlpConfig(URI endpoint, Map<String, Secret> headers, Duration every) {
  /** As the specification of OpenTelemetry has it. */
  public static final Duration USUAL = Duration.ofSeconds(60);

  private static final String PATH = "/v1/metrics";

  public OtlpConfig {
    headers = Map.copyOf(headers);
  }

  /**
   * A receiver by its address; without a path, the usual one of metrics is added.
   *
   * @throws IllegalArgumentException with a line for people
   */
  public static OtlpConfig at(String url) {
    URI uri = uri(url);
    String path = uri.getRawPath();
    boolean isBare = path == null || path.isEmpty() || path.equals("/");
    return new OtlpConfig(isBare ? uri.resolve(PATH) : uri, Map.of(), USUAL);
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!isHttp || uri.getHost() == null) {
        throw new IllegalArgumentException("--otlp: give a URL like http://127.0.0.1:4318");
      }
      if (uri.getUserInfo() != null) {
        throw new IllegalArgumentException(
            "--otlp: no password in the URL; give an Authorization header in a file");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("--otlp: give a URL like http://127.0.0.1:4318", e);
    }
  }

  /** The same at another pace. */
  public OtlpConfig withEvery(Duration time) {
    return new OtlpConfig(endpoint, headers, time);
  }

  /** The same with these headers. */
  public OtlpConfig withHeaders(Map<String, Secret> more) {
    return new OtlpConfig(endpoint, more, every);
  }

  /**
   * Headers from a file that others cannot read, {@code name: value} on each line; else from the
   * text of the environment, {@code name=value} separated by commas.
   *
   * @throws IllegalArgumentException with a line for people that names the file
   */
  public static Map<String, Secret> headers(Optional<Path> file, Optional<String> environment) {
    if (file.isEmpty()) {
      return environment
          .map(text -> parse(List.of(text.split(",")), '=', "JIGGETY_OTLP_HEADERS"))
          .orElse(Map.of());
    }
    Path path = file.get();
    try {
      PrivateFiles.refuseReadableByOthers(path, "headers");
      return parse(Files.readAllLines(path), ':', path.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the headers in " + path + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Secret> parse(List<String> lines, char between, String where) {
    Map<String, Secret> headers = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      int at = line.indexOf(between);
      String name = at < 0 ? "" : line.substring(0, at).strip();
      if (!name.matches("[A-Za-z0-9-]+")) {
        throw new IllegalArgumentException(
            "%s: a line is no header; write name%s value".formatted(where, between));
      }
      headers.put(name, Secret.of(line.substring(at + 1).strip()));
    }
    return headers;
  }
}
