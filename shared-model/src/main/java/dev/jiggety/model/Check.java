package dev.jiggety.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a test does: the settings of one kind of test. */
public sealed interface Check {

  /** The kind's name in documents, as the probe that runs it calls itself. */
  String kind();

  /**
   * One HTTP request with full control.
   *
   * @param method upper case, {@code GET} by default
   * @param url absolute, http or https
   * @param headers sent as they stand, in order
   * @param body sent as UTF-8; null for none
   * @param followRedirects whether redirects are followed, up to {@code maxRedirects}
   * @param maxRedirects 0 to 20
   */
  record Http(
      String method,
      String url,
      List<Header> headers,
      @Nullable String body,
      boolean followRedirects,
      int maxRedirects)
      implements Check {
    /** The name of this kind. */
    public static final String KIND = "http";

    public Http {
      headers = List.copyOf(headers);
    }

    /** A GET of {@code url} that follows up to ten redirects. */
    public static Http get(String url) {
      return new Http("GET", url, List.of(), null, true, 10);
    }

    @Override
    public String kind() {
      return KIND;
    }
  }

  /**
   * A kind that this version does not know by itself: kept as it is, for a probe that does.
   *
   * @param kind its name
   * @param settings its settings, a JSON object as text
   */
  record Other(String kind, String settings) implements Check {}

  /** A request header. */
  record Header(String name, String value) {}
}
