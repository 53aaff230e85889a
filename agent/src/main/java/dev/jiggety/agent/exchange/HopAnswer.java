package dev.jiggety.agent.exchange;

import dev.jiggety.model.Check;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request.
 *
 * @param url where it went; user information is taken out
 * @param status 0 when no answer came
 * @param reason the words after the status; empty in HTTP/2 or when no answer came
 * @param protocol {@code http/1.1} or {@code h2}; empty when no answer came
 * @param body as much of it as came
 * @param tls null without TLS, and when its handshake did not get to its end
 * @param failure why no whole answer came; null when it did
 * @param end when it was over, in nanoseconds of the monotonic clock
 */
public record HopAnswer(
    String url,
    int status,
    String reason,
    String protocol,
    List<Check.Header> headers,
    Body body,
    @Nullable TlsFacts tls,
    Phases phases,
    @Nullable Failure failure,
    long end) {

  public HopAnswer {
    headers = List.copyOf(headers);
  }

  /** The first header of that name. */
  public @Nullable String header(String name) {
    for (Check.Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }
}
