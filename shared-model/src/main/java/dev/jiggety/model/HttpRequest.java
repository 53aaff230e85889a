package dev.jiggety.model;

import java.util.List;

/**
 * A request of an http test. Texts may hold {@code ${secret.NAME}}, and {@code ${NAME}} for what a
 * request before it captured.
 *
 * @param method upper case, {@code GET} by default
 * @param url absolute, http or https
 * @param headers sent as they stand, in order
 * @param body what is sent
 * @param authentication how it logs in
 * @param captures what to remember of the answer, for the requests after it
 */
public record HttpRequest(
    String method,
    String url,
    List<Check.Header> headers,
    HttpBody body,
    HttpAuthentication authentication,
    List<Capture> captures) {

  public HttpRequest {
    headers = List.copyOf(headers);
    captures = List.copyOf(captures);
  }

  /** A plain GET. */
  public static HttpRequest get(String url) {
    return new HttpRequest(
        "GET", url, List.of(), HttpBody.NONE, HttpAuthentication.NONE, List.of());
  }

  /** The same with another method. */
  public HttpRequest withMethod(String value) {
    return new HttpRequest(value, url, headers, body, authentication, captures);
  }

  /** The same with other headers. */
  public HttpRequest withHeaders(List<Check.Header> value) {
    return new HttpRequest(method, url, value, body, authentication, captures);
  }

  /** The same with another body. */
  public HttpRequest withBody(HttpBody value) {
    return new HttpRequest(method, url, headers, value, authentication, captures);
  }
}
